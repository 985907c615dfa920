// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The small pieces of {@link AlertCodec}'s forms. Each form begins with its version; version 1,
 * which knows nothing of merges, is read too.
 *
 * <p>Reading past the end throws {@link IndexOutOfBoundsException}: the state is damaged.
 */
final class AlertWire {
  /** The version from which on merges are known. */
  static final int MERGES = 2;

  private static final int VERSION = 2;
  private static final Alert.Event[] EVENTS = Alert.Event.values();
  private static final Alert.Priority[] PRIORITIES = Alert.Priority.values();
  private static final Control.Kind[] CONTROLS = Control.Kind.values();

  private final Wire out = new Wire();
  private Wire in = new Wire();
  private int version = VERSION;

  void begin() {
    out.clear();
    out.octet(VERSION);
  }

  byte[] written() {
    return out.toBytes();
  }

  void begin(byte[] bytes) {
    in = new Wire();
    in.read(bytes);
    version = in.octet();
    if (version < 1 || version > VERSION) {
      throw new IllegalStateException(
          "state of RaiseAlerts has version " + version + ", this build reads 1 to " + VERSION);
    }
  }

  /** The version of the form that is being read. */
  int version() {
    return version;
  }

  void number(long value) {
    out.signed(value);
  }

  long number() {
    return in.signed();
  }

  void text(@Nullable String text) {
    out.octet(text == null ? 0 : 1);
    if (text != null) {
      out.string(text);
    }
  }

  @Nullable String text() {
    return in.octet() == 0 ? null : in.string();
  }

  String string() {
    return Objects.requireNonNullElse(text(), "");
  }

  void flag(boolean value) {
    out.octet(value ? 1 : 0);
  }

  boolean flag() {
    return in.octet() != 0;
  }

  void bytes(byte[] bytes) {
    out.unsigned(bytes.length);
    for (byte b : bytes) {
      out.octet(b);
    }
  }

  byte[] bytes() {
    byte[] bytes = new byte[(int) in.unsigned()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) in.octet();
    }
    return bytes;
  }

  void place(Whereabouts place) {
    text(place.encounter());
    text(place.facility());
    text(place.ward());
    text(place.bed());
    text(place.feed());
  }

  Whereabouts place() {
    return new Whereabouts(text(), text(), text(), text(), text());
  }

  void octet(int value) {
    out.octet(value);
  }

  int octet() {
    return in.octet();
  }

  void real(double value) {
    out.eight(Double.doubleToLongBits(value));
  }

  double real() {
    return Double.longBitsToDouble(in.eight());
  }

  void event(Alert.@Nullable Event event) {
    out.octet(event == null ? 0 : 1 + event.ordinal());
  }

  Alert.@Nullable Event event() {
    int event = in.octet();
    return event == 0 ? null : EVENTS[event - 1];
  }

  void steps(List<Step> steps) {
    number(steps.size());
    for (Step s : steps) {
      text(s.model());
      flag(s.signal());
      number(s.onset());
      event(s.event());
      number(s.time());
      out.octet(s.priority().ordinal());
      flag(s.historical());
    }
  }

  /** Steps as far as they are compared with others. */
  List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    for (long n = number(); n > 0; n--) {
      String model = string();
      boolean signal = flag();
      long onset = number();
      Alert.Event event = Objects.requireNonNullElse(event(), Alert.Event.RAISED);
      long time = number();
      Alert.Priority priority = PRIORITIES[in.octet()];
      steps.add(
          new Step(
              model,
              signal,
              onset,
              event,
              time,
              priority,
              RiskLevel.UNKNOWN,
              flag(),
              "",
              Finding.NEVER,
              null));
    }
    return steps;
  }

  void controls(List<Control> controls) {
    number(controls.size());
    for (Control c : controls) {
      out.octet(c.kind().ordinal());
      text(c.patientId());
      text(c.facility());
      text(c.ward());
      text(c.target());
      out.eight(Double.doubleToLongBits(c.value()));
      text(c.author());
      text(c.reason());
      text(c.from().toString());
      text(c.until() == null ? null : c.until().toString());
      text(c.id());
      text(c.issued() == null ? null : c.issued().toString());
    }
  }

  List<Control> controls() {
    List<Control> controls = new ArrayList<>();
    for (long n = number(); n > 0; n--) {
      controls.add(
          new Control(
              CONTROLS[in.octet()],
              text(),
              text(),
              text(),
              text(),
              Double.longBitsToDouble(in.eight()),
              string(),
              text(),
              Objects.requireNonNullElse(instant(), Instant.EPOCH),
              instant(),
              text(),
              instant()));
    }
    return controls;
  }

  private @Nullable Instant instant() {
    String text = text();
    return text == null ? null : Instant.parse(text);
  }
}
