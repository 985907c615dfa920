// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * One step in the life of an episode that somebody should know of.
 *
 * @param id the episode's id: a digest of patient, cause and onset, the same in every run
 * @param patientId the patient, null when a whole feed is lost
 * @param encounter the stay
 * @param facility where, at that moment
 * @param ward where, at that moment
 * @param bed where, at that moment
 * @param model the model whose assessment it rests on, null when a whole feed is lost
 * @param feed the feed that is lost, or the one that the news came by
 * @param event the step
 * @param priority by the words of IEC 60601-1-8; no conformity is claimed
 * @param level how bad it is, as far as it is certain; UNKNOWN where it is not
 * @param historical whether it was over, or old news, before anybody could be told
 * @param delayed whether this step fell due while nothing ran, and comes later than it should
 * @param onset the event time at which the episode began
 * @param time the event time of this step
 * @param why what it rests on: names of inputs and levels, never free text of the source
 * @param replaces the id under which the same episode was told before its onset was corrected or
 *     its patient's key was merged; null in all other cases
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
    @Nullable String feed,
    Event event,
    Priority priority,
    RiskLevel level,
    boolean historical,
    boolean delayed,
    Instant onset,
    Instant time,
    @Nullable String why,
    @Nullable String replaces,
    @Nullable Instant received) {

  /** The steps of an episode. The position in this list stands in state: append only. */
  public enum Event {
    RAISED,
    /** Nobody acknowledged it for so long, or it became worse. */
    ESCALATED,
    ACKNOWLEDGED,
    /** Held back by a suspension, a limit, a do-not-escalate or the quiet time; see {@code why}. */
    SUPPRESSED,
    CLEARED,
    /** It rested on a value that proved wrong. */
    WITHDRAWN,
    /** What the patient's level and ward expect did not come. */
    SIGNAL_LOST,
    /** Nothing came from a whole feed. */
    FEED_LOST,
    /** The news was old when it came: never pages. */
    HISTORICAL
  }

  /**
   * Whether somebody should be called. Old news never is, nor is what somebody was called for under
   * another id.
   */
  public boolean pages() {
    return !historical
        && replaces == null
        && (event == Event.RAISED
            || event == Event.ESCALATED
            || event == Event.SIGNAL_LOST
            || event == Event.FEED_LOST);
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
