// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * What {@code RaiseAlerts} takes, as one type so that streams can be united: exactly one component
 * is there. Assessments, movements and a patient's controls are keyed by {@link #patientId()}; what
 * is about no patient ({@link #isForAll()}) is broadcast.
 *
 * @param assessment a model's answer about a patient
 * @param movement an admission, discharge or transfer
 * @param control a decision about a patient, or about a ward
 * @param lost a feed that was lost, is back, or was told lost by mistake; see {@code WatchFeeds}
 * @param end how far the input reaches, for a replay: deadlines fall due up to there
 * @param handedOver what another record of the patient told, as {@code ResolveIdentity} brings it
 */
@TypeInfo(RecordTypeInfo.Factory.class)
public record AlertEvent(
    @Nullable RiskAssessment assessment,
    @Nullable Movement movement,
    @Nullable Control control,
    @Nullable Alert lost,
    @Nullable Instant end,
    @Nullable ChartEvent handedOver) {

  /** A model's answer. */
  public static AlertEvent of(RiskAssessment assessment) {
    return new AlertEvent(assessment, null, null, null, null, null);
  }

  /** A movement. */
  public static AlertEvent of(Movement movement) {
    return new AlertEvent(null, movement, null, null, null, null);
  }

  /** A decision. */
  public static AlertEvent of(Control control) {
    return new AlertEvent(null, null, control, null, null, null);
  }

  /** News of a feed. */
  public static AlertEvent of(Alert lost) {
    return new AlertEvent(null, null, null, lost, null, null);
  }

  /**
   * A movement or decision, as {@code ResolveIdentity} gives it.
   *
   * @throws IllegalArgumentException for a panel, of which {@code Assess} makes assessments first
   */
  public static AlertEvent of(ChartEvent event) {
    if (event instanceof Movement told) {
      return of(told);
    }
    if (event instanceof Control told) {
      return of(told);
    }
    if (event instanceof HandedOver) {
      return new AlertEvent(null, null, null, null, null, event);
    }
    throw new IllegalArgumentException("alerts are made of assessments, not of panels");
  }

  /** The end of the input. */
  public static AlertEvent end(Instant end) {
    return new AlertEvent(null, null, null, null, end, null);
  }

  /** The patient's key; empty where there is none. */
  public String patientId() {
    String patient =
        assessment != null
            ? assessment.patientId()
            : movement != null
                ? movement.patientId()
                : control != null
                    ? control.patientId()
                    : handedOver != null ? handedOver.patientId() : null;
    return patient == null ? "" : patient;
  }

  /** Whether it is about no patient in particular. */
  public boolean isForAll() {
    return lost != null || end != null || (control != null && control.patientId() == null);
  }

  /** What kind of news it is; never of whom. */
  @Override
  public String toString() {
    return "AlertEvent["
        + (assessment != null
            ? "assessment"
            : movement != null
                ? "movement"
                : control != null ? "control" : handedOver != null ? "handed over" : "for all")
        + "]";
  }
}
