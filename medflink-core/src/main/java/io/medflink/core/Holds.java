// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/** What people decided that holds alerts back: of this patient, and of wards. */
@Internal
public final class Holds {
  private static final Comparator<Control> ORDER =
      Comparator.comparing((Control c) -> c.patientId() != null)
          .thenComparing(Control::from)
          .thenComparing(c -> c.issued() == null ? Instant.MIN : c.issued())
          .thenComparingDouble(Control::value);

  private final List<Control> own;
  private final List<Control> wards;

  Holds(List<Control> own, List<Control> wards) {
    this.own = own;
    this.wards = wards;
  }

  /**
   * What is wrong with a decision: the path of what is missing, null when it is complete. Each has
   * an author; what holds alerts back has a reason and an end.
   */
  static @Nullable String flaw(Control c) {
    boolean holds =
        switch (c.kind()) {
          case SUSPEND, LIMIT, DO_NOT_ESCALATE -> true;
          default -> false;
        };
    if (isBlank(c.author())) {
      return "author";
    } else if (c.from() == null) {
      return "from";
    } else if (c.kind() == Control.Kind.ACKNOWLEDGE) {
      return isBlank(c.target()) ? "target" : isBlank(c.patientId()) ? "patient_id" : null;
    } else if (isBlank(c.patientId()) && isBlank(c.ward()) && isBlank(c.facility())) {
      return "patient_id";
    } else if (holds && isBlank(c.reason())) {
      return "reason";
    } else if (holds && (c.until() == null || !c.until().isAfter(c.from()))) {
      return "until";
    } else if (c.kind() == Control.Kind.LIMIT && isBlank(c.target())) {
      return "target";
    }
    return c.kind() == Control.Kind.LIMIT && Double.isNaN(c.value()) ? "value" : null;
  }

  /** The refusal of a decision that lacks something; null when it can be used. */
  public static @Nullable Rejected refusal(Control c) {
    String flaw = flaw(c);
    return flaw == null
        ? null
        : new Rejected(
            Rejected.Stage.ALERT,
            RejectCode.BAD_CONTROL,
            flaw,
            null,
            null,
            null,
            null,
            null,
            c.from(),
            null,
            null);
  }

  private static boolean isBlank(@Nullable String text) {
    return text == null || text.isBlank();
  }

  private static String text(@Nullable String text) {
    return text == null || text.isBlank() ? "" : text;
  }

  /** A decision that is in force; the patient's own before the ward's, then the newest. */
  @Nullable Control find(Control.Kind kind, long time, String model, Whereabouts place) {
    Control found = null;
    for (List<Control> controls : List.of(own, wards)) {
      for (Control c : controls) {
        if (c.kind() == kind
            && (c.target() == null || c.target().isBlank() || c.target().equals(model))
            && isAbout(c, place)
            && c.from().toEpochMilli() <= time
            && time < end(c)
            && (found == null || ORDER.compare(c, found) > 0)) {
          found = c;
        }
      }
    }
    return found;
  }

  private static boolean isAbout(Control c, Whereabouts place) {
    return c.patientId() != null
        || ((isBlank(c.ward()) || text(c.ward()).equals(place.ward()))
            && (isBlank(c.facility()) || text(c.facility()).equals(place.facility())));
  }

  /** When a decision ends: as it says, or when another one ends it. */
  long end(Control c) {
    long end = c.until() == null ? Long.MAX_VALUE : c.until().toEpochMilli();
    for (Control r : c.patientId() == null ? wards : own) {
      if (r.kind() == Control.Kind.RESUME
          && !r.from().isBefore(c.from())
          && same(r.ward(), c.ward())
          && same(r.facility(), c.facility())
          && (isBlank(r.target()) || same(r.target(), c.target()))) {
        end = Math.min(end, r.from().toEpochMilli());
      }
    }
    return end;
  }

  private static boolean same(@Nullable String a, @Nullable String b) {
    return text(a).equals(text(b));
  }

  /** The identity of a decision, made of what it says where its source gives none. */
  static String name(Control c) {
    return c.id() != null
        ? c.id()
        : c.kind() + " " + text(c.target()) + " " + c.value() + " " + c.from() + " " + c.until();
  }

  /** Keeps a decision; false when it is known, or older than one with its id. */
  public static boolean keep(List<Control> controls, Control control) {
    for (int i = 0; i < controls.size(); i++) {
      Control kept = controls.get(i);
      if (kept.equals(control)) {
        return false;
      }
      if (control.id() != null && control.id().equals(kept.id())) {
        boolean newer = ORDER_OF_REVISIONS.compare(control, kept) > 0;
        if (newer) {
          controls.set(i, control);
        }
        return newer;
      }
    }
    controls.add(control);
    return true;
  }

  private static final Comparator<Control> ORDER_OF_REVISIONS =
      Comparator.comparing((Control c) -> c.issued() == null ? Instant.MIN : c.issued())
          .thenComparing(Control::kind)
          .thenComparing(Control::from)
          .thenComparing(c -> c.until() == null ? Instant.MIN : c.until())
          .thenComparingDouble(Control::value);

  /** Decisions as bytes, for a host that keeps those about wards itself. */
  public static byte[] write(List<Control> controls) {
    AlertWire wire = new AlertWire();
    wire.begin();
    wire.controls(controls);
    return wire.written();
  }

  /** The decisions of such bytes; none of null. */
  public static List<Control> read(byte @Nullable [] bytes) {
    if (bytes == null) {
      return List.of();
    }
    AlertWire wire = new AlertWire();
    wire.begin(bytes);
    return wire.controls();
  }

  /** Forgets decisions that ended before a time. */
  static void forget(List<Control> controls, long before) {
    Holds all = new Holds(controls, controls);
    List<Control> over =
        controls.stream()
            .filter(c -> c.kind() != Control.Kind.RESUME && all.end(c) < before)
            .toList();
    controls.removeAll(over);
    if (controls.stream().allMatch(c -> c.kind() == Control.Kind.RESUME)) {
      controls.removeIf(c -> c.from().toEpochMilli() < before);
    }
  }
}
