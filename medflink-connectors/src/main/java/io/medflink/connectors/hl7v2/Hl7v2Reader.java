// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import io.medflink.connectors.feeds.Feeds;
import io.medflink.connectors.feeds.Profile;
import io.medflink.connectors.formats.Rejects;
import io.medflink.core.BadInputException;
import io.medflink.core.Decoder.Out;
import io.medflink.core.Message;
import io.medflink.core.RejectCode;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads payloads one after the other; what it needs for that it makes once. Not for more than one
 * thread.
 */
final class Hl7v2Reader {
  private static final int OBX = Er7Segment.id("OBX");
  private static final int SPM = Er7Segment.id("SPM");
  private static final int EVN = Er7Segment.id("EVN");

  private final Profile profile;
  private final @Nullable Feeds feeds;
  private final Charset unstated;
  private final Er7Message message = new Er7Message();
  private final Er7Segment s = message.view();
  private final Times times = new Times();
  private @Nullable Names names;
  private @Nullable PanelReader panels;

  Hl7v2Reader(Profile profile, @Nullable Feeds feeds) {
    this.profile = profile;
    this.feeds = feeds;
    unstated = CharacterSets.named(profile.characterSet());
  }

  void read(Message source, Out out) {
    if (Er7Batch.isEmpty(source.payload())) {
      out.ignored("empty");
      return;
    }
    Er7Batch batch = new Er7Batch(source.payload());
    boolean more = true;
    for (int count = 1; more; count++) {
      BadInputException fault = null;
      try {
        more = batch.next(message, unstated);
      } catch (BadInputException e) {
        fault = e;
      }
      if (fault != null) {
        String field = String.valueOf(fault.field());
        boolean trailer = field.equals("BTS-1") || field.equals("FTS-1");
        refuse(fault, source, trailer ? "" : prefix(count), out);
        count -= trailer ? 1 : 0;
      } else if (more) {
        one(source, prefix(count), out);
      }
    }
  }

  private static String prefix(int message) {
    return message == 1 ? "" : "message[" + message + "].";
  }

  private void refuse(BadInputException e, Message source, String prefix, Out out) {
    String feed = feeds == null ? profile.feed() : null;
    Rejects rejects = new Rejects(source, feed, out);
    rejects.add(e.code(), prefix + (e.field() == null ? "MSH" : e.field()));
    rejects.flush();
  }

  private void one(Message source, String prefix, Out out) {
    Profile its;
    Names known;
    String processing;
    Names.Kind kind;
    try {
      its = feeds == null ? profile : sender(source, s, feeds);
      if (feeds != null && its != null) {
        message.unstated(CharacterSets.named(its.characterSet()));
      }
      known = names();
      processing = known.of(s, s.first(11));
      kind = known.kind(s);
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
    times.begin(its, source.received());
    Rejects rejects = new Rejects(source, its.feed(), out);
    Instant sent = times.momentOrNull(s, s.whole(7));
    Reading reading = new Reading(message, its, source.received(), sent, rejects, prefix, known);
    contents(reading, kind.code(), kind.trigger(), out);
    rejects.flush();
  }

  private void contents(Reading reading, @Nullable String code, @Nullable String sent, Out out) {
    int results = 0;
    boolean specimens = false;
    String event = null;
    for (int i = 1; i < message.size(); i++) {
      int id = message.id(i);
      results += id == OBX ? 1 : 0;
      specimens |= id == SPM;
      if (id == EVN && sent == null) {
        s.to(i);
        event = name(s);
      }
      if (id != OBX && !isName(id)) {
        reading.rejects().add(RejectCode.UNDECODABLE, reading.prefix() + "segment[" + i + "]");
      }
    }
    boolean adt = "ADT".equals(code);
    String name = sent == null && adt ? event : sent;
    Trigger trigger = adt ? Trigger.of(name) : null;
    if (trigger != null) {
      new MovementReader(reading, s, trigger, times).read(out);
      reading.rejects().flush();
    } else if (adt || results == 0) {
      out.ignored(kind(code, name, adt));
    }
    if (results > 0 || trigger != null) {
      PanelReader reader = panels;
      if (reader == null) {
        reader = new PanelReader(reading, s, times);
        panels = reader;
      }
      reader.read(reading, results, specimens, trigger != null, out);
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

  /** By the certificate that was shown, which proves more than what the header says. */
  private static @Nullable Profile sender(Message source, Er7Segment msh, Feeds feeds) {
    Profile shown = source.sender() == null ? null : feeds.ofCertificate(source.sender());
    return shown == null ? feeds.ofSender(names(msh, 3), names(msh, 4)) : shown;
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

  private Names names() {
    Names kept = names;
    if (kept == null || !kept.areOf(message)) {
      kept = new Names(message);
      names = kept;
    }
    return kept;
  }
}
