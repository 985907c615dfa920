// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * What a model says of a patient at a moment (FHIR's word for it).
 *
 * @param patientId the patient's key {@code authority|identifier}
 * @param encounter the stay at that moment, null when not told
 * @param facility where, at that moment
 * @param ward where, at that moment
 * @param bed where, at that moment
 * @param model the model's id
 * @param version the model's version
 * @param time the moment assessed: the time of a panel with a declared input
 * @param revision 1 for the first answer about this moment, one more for each later one
 * @param status how settled the answer is
 * @param predictions the figures, the primary one first; empty when there is no answer
 * @param levelLow the least level that the unknown inputs allow
 * @param levelHigh the greatest level
 * @param missing names of the inputs that were unknown, sorted
 * @param reason why there is no answer, or what to know about it; null when there is nothing to say
 * @param received when the newest panel that the answer rests on was taken in
 * @param feed the sender of the moment's panel, of several the greatest name; null when not told
 */
@TypeInfo(RecordTypeInfo.Factory.class)
public record RiskAssessment(
    String patientId,
    @Nullable String encounter,
    @Nullable String facility,
    @Nullable String ward,
    @Nullable String bed,
    String model,
    String version,
    Instant time,
    int revision,
    Status status,
    Prediction[] predictions,
    RiskLevel levelLow,
    RiskLevel levelHigh,
    String[] missing,
    @Nullable String reason,
    @Nullable Instant received,
    @Nullable String feed) {

  /** How settled an answer is. The position in this list stands in state: append only. */
  public enum Status {
    /** The watermark has not passed the moment: more values of it may come. */
    PRELIMINARY,
    /** The watermark has passed the moment. */
    FINAL,
    /** Late, corrected or withdrawn values changed a final answer. */
    AMENDED,
    /** All values that the answer rested on were withdrawn. */
    ENTERED_IN_ERROR
  }

  /** The level when both ends agree, else {@link RiskLevel#UNKNOWN}. */
  public RiskLevel level() {
    return levelLow == levelHigh ? levelLow : RiskLevel.UNKNOWN;
  }

  /** The primary prediction's least value, NaN when there is no answer. */
  public double low() {
    return predictions.length == 0 ? Double.NaN : predictions[0].low();
  }

  /** The primary prediction's greatest value, NaN when there is no answer. */
  public double high() {
    return predictions.length == 0 ? Double.NaN : predictions[0].high();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RiskAssessment a
        && Objects.equals(patientId, a.patientId)
        && Objects.equals(encounter, a.encounter)
        && Objects.equals(facility, a.facility)
        && Objects.equals(ward, a.ward)
        && Objects.equals(bed, a.bed)
        && Objects.equals(model, a.model)
        && Objects.equals(version, a.version)
        && Objects.equals(time, a.time)
        && revision == a.revision
        && status == a.status
        && Arrays.equals(predictions, a.predictions)
        && levelLow == a.levelLow
        && levelHigh == a.levelHigh
        && Arrays.equals(missing, a.missing)
        && Objects.equals(reason, a.reason)
        && Objects.equals(received, a.received)
        && Objects.equals(feed, a.feed);
  }

  @Override
  public int hashCode() {
    return Objects.hash(patientId, model, time, revision);
  }

  /** The model and how settled its answer is; never whose nor what. */
  @Override
  public String toString() {
    return "RiskAssessment[" + model + ", " + status + ", revision " + revision + "]";
  }
}
