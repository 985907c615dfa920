// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * What a person decided about a patient's or a ward's assessments and alerts. Each has an author
 * and a reason; nothing of this kind is ever inferred from data.
 *
 * @param kind what was decided
 * @param patientId the patient, or null when it holds for the ward
 * @param facility the ward's site, for a decision about a ward
 * @param ward the ward, or null when it holds for the patient
 * @param target what it is about: the alert's id, the model, or the setting's code such as {@code
 *     medflink:spo2-scale}
 * @param value the limit; of a setting its code where codes are numbers ({@code 2} of SpO2 scale
 *     2), else the code's position (0 no, 1 yes); NaN where the kind needs none
 * @param author who decided
 * @param reason why
 * @param from since when: the event time
 * @param until when it ends by itself; null for decisions without an end
 * @param id the source's identity of the decision, null where it has none: a later one with it
 *     replaces it
 * @param issued when the source wrote it down; decides which of two with one id is newer
 */
@TypeInfo(RecordTypeInfo.Factory.class)
public record Control(
    Kind kind,
    @Nullable String patientId,
    @Nullable String facility,
    @Nullable String ward,
    @Nullable String target,
    double value,
    String author,
    @Nullable String reason,
    Instant from,
    @Nullable Instant until,
    @Nullable String id,
    @Nullable Instant issued)
    implements ChartEvent {

  @Override
  public Instant eventTime() {
    return from;
  }

  /** This decision about another record of the patient. */
  public Control withPatientId(@Nullable String newPatientId) {
    return with(newPatientId, id);
  }

  /** This decision under another identity. */
  public Control withId(@Nullable String newId) {
    return with(patientId, newId);
  }

  private Control with(@Nullable String newPatientId, @Nullable String newId) {
    return new Control(
        kind,
        newPatientId,
        facility,
        ward,
        target,
        value,
        author,
        reason,
        from,
        until,
        newId,
        issued);
  }

  /** What was decided. The position in this list stands in state: append only. */
  public enum Kind {
    /** Somebody looks after the episode whose id is the target. */
    ACKNOWLEDGE,
    /** Nobody is to be told, of the target model or of all, until it ends. */
    SUSPEND,
    /** The suspensions of the same scope and target end. */
    RESUME,
    /** The target model's primary prediction alerts from this value on, until it ends. */
    LIMIT,
    /** Alerts of the target model or of all are raised but not escalated, until it ends. */
    DO_NOT_ESCALATE,
    SETTING
  }

  /** What was decided; never about whom nor by whom. */
  @Override
  public String toString() {
    return "Control[" + kind + "]";
  }
}
