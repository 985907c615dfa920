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
 * @param value the limit or the setting; NaN where the kind needs none
 * @param author who decided
 * @param reason why
 * @param from since when: the event time
 * @param until when it ends by itself; null for decisions without an end
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
    @Nullable Instant until)
    implements ChartEvent {

  /** What was decided. The position in this list stands in state: append only. */
  public enum Kind {
    ACKNOWLEDGE,
    SUSPEND,
    RESUME,
    LIMIT,
    DO_NOT_ESCALATE,
    SETTING
  }

  /** What was decided; never about whom nor by whom. */
  @Override
  public String toString() {
    return "Control[" + kind + "]";
  }
}
