// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * How {@code ResolveIdentity} tells what is known of a record under another key.
 *
 * @param source the record's own key
 * @param target the key of the record that it belongs to
 * @param turn how often it went elsewhere: part of the values' identities in the chart they come
 *     to, so that they are neither taken for the survivor's own nor for those that left before
 */
@Internal
@TypeInfo(RecordTypeInfo.Factory.class)
public record HandOver(String source, String target, int turn) {

  /** A record that belongs to itself. */
  public static HandOver none(String key) {
    return new HandOver(key, key, 0);
  }

  /** The next turn. */
  public HandOver to(@Nullable String newTarget) {
    return new HandOver(source, newTarget == null ? source : newTarget, turn + 1);
  }

  /** The stay of an event, null where none is told. */
  public static @Nullable String encounter(ChartEvent event) {
    return event instanceof Panel p
        ? p.encounter()
        : event instanceof Movement m
            ? m.encounter()
            : event instanceof HandedOver handed ? encounter(handed.event()) : null;
  }

  /** An event under the key of the record it belongs to. */
  public ChartEvent redirected(ChartEvent event) {
    if (turn == 0) {
      return event;
    }
    if (!(event instanceof Panel panel)) {
      return turned(event, false);
    }
    return named(panel.withPatient(target, identifiers(panel)), telling());
  }

  /** A movement or decision under the key of the record it belongs to. */
  private ChartEvent turned(ChartEvent event, boolean withdrawn) {
    ChartEvent here =
        event instanceof Movement m
            ? m.withPatientId(target)
            : event instanceof Control c ? c.withPatientId(target) : event;
    return new HandedOver(here, telling(), withdrawn);
  }

  /** The source of what is handed over now; null for the record's own. */
  public @Nullable String telling() {
    return turn == 0 ? null : source + "." + turn;
  }

  private String[] identifiers(Panel panel) {
    if (Arrays.asList(panel.identifiers()).contains(source)) {
      return panel.identifiers();
    }
    String[] more = Arrays.copyOf(panel.identifiers(), panel.identifiers().length + 1);
    more[more.length - 1] = source;
    return more;
  }

  /**
   * A panel whose values are none of those that the record told before or tells elsewhere; without
   * an identity of its own a value is known by its moment.
   *
   * @param telling the source of what is handed over; null for the record's own
   */
  static Panel named(Panel panel, @Nullable String telling) {
    return telling == null
        ? panel
        : each(
            panel,
            o -> {
              Object id = o.id() == null ? panel.time().toEpochMilli() : o.id();
              return o.withId(id + "@" + telling);
            });
  }

  /** A panel that enters the chart however old it is, or leaves it. */
  static Panel marked(Panel panel, boolean takenBack) {
    return each(
        panel,
        o -> {
          Observation marked = o.with(Observation.Artefact.HANDED_OVER);
          return takenBack ? marked.with(Observation.Artefact.TAKEN_BACK) : marked;
        });
  }

  private static Panel each(Panel panel, UnaryOperator<Observation> change) {
    return panel.withObservations(
        Arrays.stream(panel.observations()).map(change).toArray(Observation[]::new));
  }

  /** What was told before, told again: it enters the chart however old it is. */
  public ChartEvent handedOver(ChartEvent event) {
    ChartEvent here = redirected(event);
    return here instanceof Panel panel ? marked(panel, false) : here;
  }

  /** What was told before, taken back. */
  public ChartEvent withdrawn(ChartEvent event) {
    return redirected(event) instanceof Panel panel ? marked(panel, true) : turned(event, true);
  }

  /** Whether a panel tells what is to be taken back. */
  static boolean isTakenBack(Panel panel) {
    return panel.observations().length > 0 && panel.observations()[0].isTakenBack();
  }

  /** The values of an event, each in a panel of its own. */
  public static List<Panel> singles(ChartEvent event) {
    return event instanceof Panel panel
        ? Arrays.stream(panel.observations()).map(panel::withObservations).toList()
        : List.of();
  }

  /** How often it went elsewhere; never whose it is. */
  @Override
  public String toString() {
    return "HandOver[turn " + turn + "]";
  }
}
