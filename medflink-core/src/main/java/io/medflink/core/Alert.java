// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * One step in the life of an episode that somebody should know of.
 *
 * @param id the episode's id, a function of patient, model and onset: the same in every run
 * @param patientId the patient, null when a whole feed is lost
 * @param encounter the stay
 * @param facility where, at that moment
 * @param ward where, at that moment
 * @param bed where, at that moment
 * @param model the model whose assessment it rests on
 * @param event the step
 * @param priority by the words of IEC 60601-1-8; no conformity is claimed
 * @param onset the event time at which the episode began
 * @param time the event time of this step
 * @param why what it rests on: names of inputs and levels, never free text of the source
 * @param received when the news that led to this step was taken in
 */
@TypeInfo(RecordTypeInfo.Factory.class)
public record Alert(
    String id,
    @Nullable String patientId,
    @Nullable String encounter,
    @Nullable String facility,
    @Nullable String ward,
    @Nullable String bed,
    @Nullable String model,
    Event event,
    Priority priority,
    Instant onset,
    Instant time,
    @Nullable String why,
    @Nullable Instant received) {

  /** The steps of an episode. The position in this list stands in state: append only. */
  public enum Event {
    RAISED,
    ESCALATED,
    ACKNOWLEDGED,
    SUPPRESSED,
    CLEARED,
    /** It rested on a value that proved wrong. */
    WITHDRAWN,
    SIGNAL_LOST,
    FEED_LOST,
    /** The news was old when it came: never pages. */
    HISTORICAL
  }

  /** How soon somebody should look. */
  public enum Priority {
    LOW,
    MEDIUM,
    HIGH
  }

  /** The step and its priority; never whose. */
  @Override
  public String toString() {
    return "Alert[" + event + ", " + priority + "]";
  }
}
