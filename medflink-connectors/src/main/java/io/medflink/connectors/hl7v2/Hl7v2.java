// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import io.medflink.connectors.feeds.Feeds;
import io.medflink.connectors.feeds.Profile;
import io.medflink.connectors.formats.Rejects;
import io.medflink.core.BadInputException;
import io.medflink.core.Decoder;
import io.medflink.core.Message;
import io.medflink.core.RejectCode;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.Set;
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

  private static final int OBX = Er7Segment.id("OBX");
  private static final int SPM = Er7Segment.id("SPM");
  private static final int EVN = Er7Segment.id("EVN");

  private final Profile profile;
  private final @Nullable Feeds feeds;
  private transient @Nullable Names names;

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
    if (Er7Batch.isEmpty(message.payload())) {
      out.ignored("empty");
      return;
    }
    int[] count = {0};
    Er7Message.all(
        message.payload(),
        CharacterSets.named(profile.characterSet()),
        m -> {
          count[0]++;
          read(m, message, prefix(count[0]), out);
        },
        e -> {
          String field = String.valueOf(e.field());
          boolean trailer = field.equals("BTS-1") || field.equals("FTS-1");
          count[0] += trailer ? 0 : 1;
          refuse(e, message, trailer ? "" : prefix(count[0]), out);
        });
  }

  private static String prefix(int message) {
    return message == 1 ? "" : "message[" + message + "].";
  }

  private void refuse(BadInputException e, Message message, String prefix, Out out) {
    String feed = feeds == null ? profile.feed() : null;
    Rejects rejects = new Rejects(message, feed, out::rejected);
    rejects.add(e.code(), prefix + (e.field() == null ? "MSH" : e.field()));
    rejects.flush();
  }

  private void read(Er7Message m, Message source, String prefix, Out out) {
    Er7Segment s = m.view();
    Names known = names(m);
    Profile its;
    String processing;
    String code;
    String trigger;
    try {
      its = feeds == null ? profile : sender(s, feeds);
      s.cut(11);
      processing = known.of(s, s.part(1));
      s.cut(9);
      code = known.of(s, s.part(1));
      trigger = known.of(s, s.part(2));
    } catch (BadInputException e) {
      refuse(new BadInputException(e.code(), "MSH"), source, prefix, out);
      return;
    }
    if (its == null) {
      refuse(new BadInputException(RejectCode.UNKNOWN_SENDER, "MSH-3"), source, prefix, out);
      return;
    }
    if (processing != null && !its.processing().contains(processing)) {
      out.ignored(processing.length() == 1 ? "processing-" + processing : "processing-other");
      return;
    }
    Rejects rejects = new Rejects(source, its.feed(), out::rejected);
    contents(new Reading(m, its, source.received(), rejects, prefix, known), s, code, trigger, out);
    rejects.flush();
  }

  private void contents(
      Reading reading, Er7Segment s, @Nullable String code, @Nullable String sent, Out out) {
    int results = 0;
    boolean specimens = false;
    String event = null;
    for (int i = 1; i < reading.message().size(); i++) {
      s.to(i);
      results += s.id() == OBX ? 1 : 0;
      specimens |= s.id() == SPM;
      if (s.id() == EVN && sent == null) {
        event = name(s);
      }
      if (!isName(s.id())) {
        reading.rejects().add(RejectCode.UNDECODABLE, reading.prefix() + "segment[" + i + "]");
      }
    }
    boolean adt = "ADT".equals(code);
    Times times =
        new Times(reading.profile().zone(), reading.received(), reading.profile().tolerance());
    String name = sent == null && adt ? event : sent;
    Trigger trigger = adt ? Trigger.of(name) : null;
    if (trigger != null) {
      new MovementReader(reading, s, trigger, times).read(out);
      reading.rejects().flush();
    } else if (adt || results == 0) {
      out.ignored(kind(code, name, adt));
    }
    if (results > 0 || trigger != null) {
      new PanelReader(reading, s, times, results, specimens).read(out);
    }
  }

  /** Whether a segment's name is one: a capital letter, and two capital letters or digits. */
  private static boolean isName(int id) {
    boolean name = id >> 16 >= 'A';
    for (int shift = 0; shift <= 16; shift += 8) {
      int c = id >> shift & 0xFF;
      name &= (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
    return name;
  }

  private static @Nullable String name(Er7Segment event) {
    try {
      return event.text(1, 1);
    } catch (BadInputException e) {
      return null;
    }
  }

  /** What is of no interest by its trigger, or the code of a message that has none. */
  private static String kind(@Nullable String code, @Nullable String trigger, boolean adt) {
    String what = adt ? trigger : trigger == null ? code : code + "^" + trigger;
    boolean named =
        what != null && what.length() <= 7 && what.matches("[A-Z0-9]{2,3}(\\^[A-Z0-9]{2,3})?");
    return named && what != null ? what : "other";
  }

  private static @Nullable Profile sender(Er7Segment msh, Feeds feeds) {
    return feeds.ofSender(names(msh, 3), names(msh, 4));
  }

  private static Set<String> names(Er7Segment msh, int field) {
    Set<String> names = new HashSet<>();
    for (int component = 1; component <= 2; component++) {
      String name = msh.text(field, component);
      if (name != null) {
        names.add(name);
      }
    }
    return names;
  }

  private Names names(Er7Message message) {
    Names kept = names;
    if (kept == null || !kept.areOf(message)) {
      kept = new Names(message);
      names = kept;
    }
    return kept;
  }
}
