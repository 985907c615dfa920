// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The types that a set of models asks for, in a fixed order; positions in it stand for types. */
final class Types {
  private final List<ObservationType> types = new ArrayList<>();
  private final Map<String, Integer> positions = new HashMap<>();
  private final Set<String> lifelong = new HashSet<>();

  /** For each type whether some model takes its values only within their stay. */
  private final boolean[] ofStays;

  /** For each type the positions of what stands beside its values. */
  private final int[][] beside;

  Types(List<RiskModel> models) {
    Set<String> stayed = new HashSet<>();
    TreeSet<ObservationType> sorted = new TreeSet<>(Comparator.comparing(ObservationType::loinc));
    for (RiskModel model : models) {
      for (Input input : model.card().inputs()) {
        for (ObservationType type : input.types()) {
          ObservationType other = sorted.floor(type);
          if (!sorted.add(type) && other != null) {
            requireSame(type, other);
          }
          if (input.scope() == Input.Scope.ENCOUNTER) {
            stayed.add(type.loinc());
          }
          boolean life = input.within().compareTo(Input.LIFE) >= 0;
          if (life && input.scope() == Input.Scope.PATIENT) {
            lifelong.add(type.loinc());
          }
        }
      }
    }
    for (ObservationType type : sorted) {
      positions.put(type.loinc(), types.size());
      types.add(type);
    }
    ofStays = new boolean[types.size()];
    for (int i = 0; i < ofStays.length; i++) {
      ofStays[i] = stayed.contains(types.get(i).loinc());
    }
    beside = new int[types.size()][];
    for (int i = 0; i < beside.length; i++) {
      ObservationType type = types.get(i);
      beside[i] =
          types.stream()
              .filter(other -> other instanceof ReferenceInterval r && r.of().equals(type))
              .mapToInt(this::of)
              .toArray();
    }
  }

  /** Adds an observation, and what it says of its reference interval; false when it is no news. */
  boolean add(Moment moment, int type, double number, @Nullable Instant issued, Observation o) {
    Reading reading = Reading.of(type, number, issued, o);
    for (int at : beside[type]) {
      moment.add(reading.beside(at, ((ReferenceInterval) types.get(at)).number(o)));
    }
    return moment.add(reading);
  }

  /**
   * Removes an observation, and what it says of its reference interval.
   *
   * @return 1 where it waited for its original and was in no books yet, else 0
   */
  int remove(Moment moment, int type, double number, @Nullable Instant issued, Observation o) {
    Reading reading = Reading.of(type, number, issued, o);
    for (int at : beside[type]) {
      moment.remove(reading.beside(at, ((ReferenceInterval) types.get(at)).number(o)));
    }
    return moment.remove(reading);
  }

  /**
   * A decided setting as what is observed from then on; null where no model asks for it. It holds
   * until it is decided again: one with an end, of no code, or from later than it was issued is
   * refused.
   */
  @Nullable Panel told(Control control, AssessCore.Out out) {
    int type = of(control.target());
    if (type < 0) {
      return null;
    }
    List<String> codes = get(type).codes();
    int number = codes.indexOf(String.valueOf(Math.round(control.value())));
    boolean numbered = Character.isDigit((codes.isEmpty() ? "-" : codes.get(0)).charAt(0));
    int code = numbered ? number : (int) control.value();
    boolean isCode =
        code >= 0 && code < codes.size() && control.value() == Math.rint(control.value());
    Instant issued = control.issued();
    String bad =
        control.author() == null
            ? "author"
            : !isCode
                ? "value"
                : control.until() != null
                    ? "until"
                    : issued != null && control.from().isAfter(issued.plus(Cleaner.TOLERANCE))
                        ? "from"
                        : null;
    Panel panel =
        Panel.of(
                String.valueOf(control.patientId()),
                control.from(),
                Observation.coded(get(type), isCode ? codes.get(code) : "").withId(control.id()))
            .withIssued(issued);
    if (bad == null) {
      return panel;
    }
    out.rejected(
        new Rejected(
            Rejected.Stage.ASSESS,
            RejectCode.BAD_CONTROL,
            bad,
            null,
            null,
            control.target(),
            null,
            null,
            control.from(),
            null,
            null));
    return null;
  }

  /** The positions of what stands beside a type's values. */
  int[] beside(int position) {
    return beside[position];
  }

  /** The refusal of a correction whose original never came. */
  Rejected withoutOriginal(Moment moment, Reading reading) {
    return new Rejected(
        Rejected.Stage.ASSESS,
        RejectCode.CORRECTION_WITHOUT_ORIGINAL,
        "status",
        moment.feed,
        null,
        get(reading.type()).loinc(),
        get(reading.type()).unit(),
        null,
        Instant.ofEpochMilli(moment.time),
        null,
        null);
  }

  private static void requireSame(ObservationType a, ObservationType b) {
    if (!Objects.equals(a.unit(), b.unit())
        || !a.codes().equals(b.codes())
        || a.isDate() != b.isDate()) {
      throw new IllegalArgumentException(
          a.name() + " and " + b.name() + " share the code " + a.loinc() + " but not the unit");
    }
  }

  /** Whether some model takes its value for life. */
  boolean isLifelong(int position) {
    return lifelong.contains(types.get(position).loinc());
  }

  /** Whether some model takes its values only within their stay. */
  boolean isOfStay(int position) {
    return ofStays[position];
  }

  /** Whether a moment brings a value that some model takes only within its stay. */
  boolean bringsOfStay(Moment moment) {
    for (int type = 0; type < types.size(); type++) {
      if (ofStays[type] && moment.winner(type) != null) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a panel may come however late: it tells nothing but what holds for life, such as the
   * birth date, or what comes or leaves with a merged record.
   */
  boolean mayComeLate(Panel panel) {
    boolean any = false;
    for (Observation observation : panel.observations()) {
      int type = of(observation.code());
      if (type >= 0 && !isLifelong(type) && !observation.isHandedOver()) {
        return false;
      }
      any |= type >= 0;
    }
    return any;
  }

  int size() {
    return types.size();
  }

  ObservationType get(int position) {
    return types.get(position);
  }

  List<String> codes() {
    return types.stream().map(ObservationType::loinc).toList();
  }

  /** The type's position, -1 when no model asks for it. */
  int of(@Nullable String code) {
    Integer position = code == null ? null : positions.get(code);
    return position == null ? -1 : position;
  }

  int of(ObservationType type) {
    return of(type.loinc());
  }

  /**
   * The observation's value as a number, or why it has none. {@code Clean} leaves nothing to
   * refuse; without it nothing wrong gets through either.
   */
  static @Nullable RejectCode refusal(ObservationType type, Observation o, double number) {
    if (o.status() == Observation.Status.ENTERED_IN_ERROR) {
      return null;
    }
    if (Double.isNaN(number)) {
      return o.text() == null ? RejectCode.NO_VALUE : RejectCode.UNMAPPED_VALUE;
    }
    if (type.unit() != null && !type.unit().equals(o.unit())) {
      return o.unit() == null ? RejectCode.UNMAPPED_UNIT : RejectCode.WRONG_UNIT;
    }
    boolean possible = o.comparator() != null || type.possible().contains(number);
    return possible ? null : RejectCode.IMPOSSIBLE_VALUE;
  }

  /** The value, a code's position or a date's day; NaN when there is none. */
  static double number(ObservationType type, Observation o) {
    String text = o.text();
    if (type.isDate()) {
      try {
        return text == null ? Double.NaN : LocalDate.parse(text).toEpochDay();
      } catch (DateTimeParseException e) {
        return Double.NaN;
      }
    }
    if (!type.codes().isEmpty()) {
      int at = type.codes().indexOf(text);
      return at < 0 ? Double.NaN : at;
    }
    return o.value();
  }

  static Rejected rejected(Panel panel, Observation o, int at, RejectCode code) {
    return new Rejected(
        Rejected.Stage.ASSESS,
        code,
        "observations[" + at + "]",
        panel.feed(),
        null,
        o.code(),
        o.unit(),
        null,
        panel.time(),
        null,
        null);
  }
}
