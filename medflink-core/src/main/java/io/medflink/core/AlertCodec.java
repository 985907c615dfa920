// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of {@link AlertCore}'s state. Models are written by id, so state is readable with one
 * rule more or less: what has no rule any more is forgotten. Fields stand in the order of the
 * methods below.
 */
final class AlertCodec {
  final AlertWire wire = new AlertWire();

  private static final Alert.Priority[] PRIORITIES = Alert.Priority.values();
  private static final RiskLevel[] LEVELS = RiskLevel.values();
  private static final Movement.Kind[] MOVES = Movement.Kind.values();

  void items(List<Item> items) {
    wire.number(items.size());
    for (Item item : items) {
      wire.number(item.time);
      wire.text(item.subject);
      wire.octet(item.move != null ? 0 : item.isFinding() ? 1 : 2);
      if (item.move != null) {
        wire.octet(item.move.kind().ordinal());
        wire.place(item.move.place());
        wire.number(item.move.order());
        wire.text(item.move.source());
      } else if (item.isFinding()) {
        wire.number(item.revisions.size());
        item.revisions.forEach(this::finding);
      }
    }
  }

  List<Item> items() {
    List<Item> items = new ArrayList<>();
    for (long n = wire.number(); n > 0; n--) {
      long time = wire.number();
      String subject = wire.string();
      switch (wire.octet()) {
        case 0 -> {
          Movement.Kind kind = MOVES[wire.octet()];
          Whereabouts place = wire.place();
          long order = wire.number();
          String source = wire.version() < AlertWire.MERGES ? null : wire.text();
          items.add(Item.move(time, new Item.Move(kind, place, order, source)));
        }
        case 1 -> {
          Item item = Item.finding(time, subject);
          for (long r = wire.number(); r > 0; r--) {
            item.revisions.add(finding());
          }
          items.add(item);
        }
        default -> items.add(Item.acknowledgement(time, subject));
      }
    }
    return items;
  }

  private void finding(Finding f) {
    wire.number(f.revision());
    wire.flag(f.withdrawn());
    wire.octet(f.low().ordinal());
    wire.octet(f.high().ordinal());
    wire.real(f.least());
    wire.real(f.greatest());
    wire.text(f.missing());
    wire.number(f.received());
    wire.place(f.place());
  }

  private Finding finding() {
    return new Finding(
        (int) wire.number(),
        wire.flag(),
        LEVELS[wire.octet()],
        LEVELS[wire.octet()],
        wire.real(),
        wire.real(),
        wire.string(),
        wire.number(),
        wire.place());
  }

  void vigil(Vigil v) {
    wire.place(v.place);
    wire.flag(v.away);
    wire.flag(v.dead);
    wire.text(v.ended);
    wire.number(v.time);
    wire.number(v.fired);
    wire.number(v.lag);
    items(v.waiting);
    wire.number(v.watches.size());
    for (Watch w : v.watches) {
      wire.text(w.rule.model());
      wire.number(w.heard);
      wire.octet(w.heardLevel.ordinal());
      wire.number(w.expectedFrom);
      wire.number(w.certainSince);
      wire.number(w.clearSince);
      wire.number(w.clearedAt);
      wire.octet(w.clearedPriority.ordinal());
      episode(w.pending);
      episode(w.risk);
      episode(w.signal);
    }
  }

  Vigil vigil(AlertOptions options) {
    Vigil v = new Vigil(options);
    v.place = wire.place();
    v.away = wire.flag();
    v.dead = wire.flag();
    v.ended = wire.text();
    v.time = wire.number();
    v.fired = wire.number();
    v.lag = wire.number();
    v.waiting.addAll(items());
    for (long n = wire.number(); n > 0; n--) {
      Watch known = v.watch(wire.string());
      Watch w = known == null ? new Watch(options.rules().get(0)) : known;
      w.heard = wire.number();
      w.heardLevel = LEVELS[wire.octet()];
      w.expectedFrom = wire.number();
      w.certainSince = wire.number();
      w.clearSince = wire.number();
      w.clearedAt = wire.number();
      w.clearedPriority = PRIORITIES[wire.octet()];
      w.pending = episode();
      w.risk = episode();
      w.signal = episode();
    }
    return v;
  }

  private void episode(@Nullable Episode e) {
    wire.flag(e != null);
    if (e == null) {
      return;
    }
    wire.flag(e.signal);
    wire.number(e.onset);
    wire.number(e.reached.size());
    e.reached.forEach(wire::number);
    wire.octet(e.level.ordinal());
    wire.octet(e.priority.ordinal());
    wire.text(e.why);
    wire.number(e.received);
    wire.flag(e.actionable);
    wire.flag(e.withinLimit);
    wire.event(e.told);
    wire.event(e.last);
    wire.flag(e.acknowledged);
    wire.flag(e.withheld);
    wire.number(e.steps);
    wire.number(e.nextStep);
    wire.number(e.heldUntil);
  }

  private @Nullable Episode episode() {
    if (!wire.flag()) {
      return null;
    }
    Episode e = new Episode(wire.flag(), wire.number());
    for (long n = wire.number(); n > 0; n--) {
      e.reached.add(wire.number());
    }
    e.level = LEVELS[wire.octet()];
    e.priority = PRIORITIES[wire.octet()];
    e.why = wire.string();
    e.received = wire.number();
    e.actionable = wire.flag();
    e.withinLimit = wire.flag();
    e.told = wire.event();
    e.last = wire.event();
    e.acknowledged = wire.flag();
    e.withheld = wire.flag();
    e.steps = (int) wire.number();
    e.nextStep = wire.number();
    e.heldUntil = wire.number();
    return e;
  }
}
