// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * The core of {@code ResolveIdentity}: brings what is told of a record to the record that it
 * belongs to, and hands over what is remembered when that becomes another one. Which one it is,
 * {@link IdentityLinks} tell.
 */
@Internal
public final class IdentityCore {
  /** All of the record, where a redirect names no stay. */
  private static final String ALL = "";

  private final IdentityState state;

  /** What takes the results. */
  public interface Out {
    /** An event under the key of the record that it belongs to. */
    void event(ChartEvent event);

    /** So many observations, told before, were handed over. */
    void handedOver(int observations);
  }

  /** A core over the state of the current record. */
  public IdentityCore(IdentityState state) {
    this.state = state;
  }

  /** Whether an event passes as it is: about no patient, or about whose a record is. */
  public static boolean passes(ChartEvent event) {
    return event.key().isEmpty() || (event instanceof Movement m && IdentityLinks.isAbout(m));
  }

  /** Takes an event of the current record. */
  public void on(ChartEvent event, Out out) throws Exception {
    if (passes(event)) {
      out.event(event);
      return;
    }
    state.remember(event);
    out.event(redirect(HandOver.encounter(event)).redirected(event));
  }

  private HandOver redirect(@Nullable String encounter) throws Exception {
    HandOver ofStay = encounter == null ? null : state.redirect(encounter);
    HandOver ofAll = ofStay == null ? state.redirect(ALL) : ofStay;
    return ofAll == null ? HandOver.none(state.patientId()) : ofAll;
  }

  /** Takes whose the current record, or one of its stays, is: see {@link IdentityLinks#add}. */
  public void redirect(Movement redirect, Out out) throws Exception {
    String stay = redirect.encounter() == null ? ALL : redirect.encounter();
    HandOver before = redirect(redirect.encounter());
    HandOver after = before.to(redirect.patientId());
    if (before.target().equals(after.target())) {
      return;
    }
    state.redirect(stay, after);
    tell(redirect, before, true, out);
    tell(redirect, after, false, out);
    List<ChartEvent> all = new ArrayList<>(state.newest());
    all.addAll(state.remembered());
    for (ChartEvent event : all) {
      String encounter = HandOver.encounter(event);
      boolean concerns =
          stay.equals(ALL)
              ? encounter == null || state.redirect(encounter) == null
              : stay.equals(encounter);
      if (concerns) {
        out.event(before.withdrawn(event));
        out.event(after.handedOver(event));
        out.handedOver(event instanceof Panel panel ? panel.countedObservations() : 0);
      }
    }
  }

  /** Tells the records that are concerned which one belongs to which from now on. */
  private static void tell(Movement redirect, HandOver where, boolean ends, Out out) {
    Movement there = redirect.withPatientId(where.target());
    if (!where.target().equals(where.source())) {
      out.event(new HandedOver(there.withEncounters(there.encounter(), null), null, ends));
      if (redirect.encounter() != null && redirect.otherEncounter() != null) {
        Movement link = there.withEncounters(redirect.otherEncounter(), redirect.encounter());
        out.event(new HandedOver(link.withKind(Movement.Kind.LINK), where.telling(), ends));
      }
    } else if (redirect.encounter() == null) {
      out.event(new HandedOver(there.withKind(Movement.Kind.DELETE), null, !ends));
    }
  }

  /** Keeps of what happened up to a time the newest value of each code. */
  public void forget(long horizon) throws Exception {
    for (ChartEvent event : state.forget(horizon)) {
      for (Panel single : HandOver.singles(event)) {
        Observation value = single.observations()[0];
        String code = value.code() == null ? "local " + value.localCode() : value.code();
        Panel kept = state.newest(code);
        if (kept == null || !kept.time().isAfter(single.time())) {
          state.newest(code, single);
        }
      }
    }
  }
}
