// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import io.medflink.connectors.feeds.Feeds;
import io.medflink.connectors.feeds.Profile;
import io.medflink.core.Decoder;
import io.medflink.core.Message;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The format {@code hl7v2}: HL7 v2.1 to v2.9 in ER7, one message or any number of them one after
 * the other. Messages with OBX become panels, one for each patient and moment; ADT events become
 * movements; other messages are counted as ignored by their trigger.
 *
 * <ul>
 *   <li><b>Patient:</b> {@code authority|identifier} by the profile's priorities from PID-3 (PID-2
 *       where that is empty), else {@code NO_PATIENT_ID}. Birth date and sex are a panel of their
 *       own at 00:00 UTC of the birth date. Encounter is PV1-19, place PV1-3.
 *   <li><b>Time:</b> OBX-14, else SPM-17, else OBR-7, in the profile's order; the first that is
 *       there counts, and a date is refused. A time without an offset is of the profile's zone.
 *       {@code issued} is OBR-22, else MSH-7, else OBX-19.
 *   <li><b>Value:</b> NM, SN and an empty OBX-2 are numbers, with or without a comparator; coded
 *       ones their code; the rest, and what isn't a number after all, the text as sent. LOINC wins
 *       over other codes, a unit is UCUM where OBX-6 says so; {@code Clean} maps the rest, and
 *       refuses what comes without a value unless the code map knows what that means.
 *   <li><b>Identity:</b> filler order number, OBX-3 and OBX-4.
 * </ul>
 *
 * <p>A fault of one OBX rejects it alone ({@code OBX[3]-5}), of a header the message ({@code
 * MSH-2}). Messages whose MSH-11 is no real traffic of the profile's, and test patients, are
 * counted as ignored. Where {@link Feeds} are given, a sender that they don't know is refused.
 *
 * <p>Source: HL7 v2.9 chapters 2, 3 and 7; tables 0078, 0085, 0103, 0116, 0203.
 */
public final class Hl7v2 implements Decoder {
  private static final long serialVersionUID = 1;

  private static final AtomicReferenceFieldUpdater<Hl7v2, @Nullable Hl7v2Reader> IDLE =
      AtomicReferenceFieldUpdater.newUpdater(Hl7v2.class, Hl7v2Reader.class, "idle");

  private final Profile profile;
  private final @Nullable Feeds feeds;

  /** Taken by whoever decodes, so that threads never share one. */
  private transient volatile @Nullable Hl7v2Reader idle;

  /**
   * HL7 v2 of a sender of which nothing is known: times state their offset, each patient is
   * refused.
   */
  public Hl7v2() {
    this(Profile.of("hl7v2"), null);
  }

  private Hl7v2(Profile profile, @Nullable Feeds feeds) {
    this.profile = profile;
    this.feeds = feeds;
  }

  /** The same for the senders of a feeds file, each by its profile. */
  public Hl7v2 withFeeds(@Nullable Feeds newFeeds) {
    return new Hl7v2(profile, newFeeds);
  }

  /** The same for one sender, whatever its messages call it. */
  public Hl7v2 withProfile(Profile newProfile) {
    return new Hl7v2(newProfile, feeds);
  }

  /** The same as sent by a feed. */
  public Hl7v2 withFeed(String feed) {
    return new Hl7v2(profile.withFeed(feed), feeds);
  }

  /** The same for a sender whose times don't state their offset. */
  public Hl7v2 withZone(@Nullable ZoneId zone) {
    return new Hl7v2(profile.withZone(zone), feeds);
  }

  /** The same with one authority more, of lower priority than those given before. */
  public Hl7v2 withAuthority(String sent, String authority) {
    return new Hl7v2(profile.withAuthority(sent, authority), feeds);
  }

  /**
   * The same where patients without an identifier of these authorities count under the authority
   * that the sender names, else under the feed's name: by medical record number, else by the first
   * identifier that isn't a social security, account or licence number.
   */
  public Hl7v2 withFallbackToSender() {
    return new Hl7v2(profile.withFallback(), feeds);
  }

  /** The same where these values of MSH-11 are real traffic, not {@code P} alone. */
  public Hl7v2 withProcessing(String... accepted) {
    return new Hl7v2(profile.withProcessing(accepted), feeds);
  }

  @Override
  public void decode(Message message, Out out) {
    Hl7v2Reader reader = idle;
    if (reader == null || !IDLE.compareAndSet(this, reader, null)) {
      reader = new Hl7v2Reader(profile, feeds);
    }
    try {
      reader.read(message, out);
    } finally {
      idle = reader;
    }
  }
}
