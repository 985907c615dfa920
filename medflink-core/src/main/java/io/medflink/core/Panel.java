// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * The stream element: what was observed of one patient at one moment.
 *
 * <p>A message with k different times is k panels. Panels are immutable by contract: nobody writes
 * into {@code identifiers} or {@code observations} after construction, so Flink never copies them.
 * The constructor checks nothing (a throwing constructor breaks the restore of state); {@code
 * Clean} does.
 *
 * @param patientId the patient's key {@code authority|identifier}, the same from every format;
 *     streams are keyed by it
 * @param encounter the stay or visit, null when not told
 * @param facility the hospital or site
 * @param ward the ward or unit
 * @param bed the bed
 * @param time when it was measured or taken: the event time, in milliseconds
 * @param issued when the source made this revision known; decides which revision is newer
 * @param received when our source took it in, set once; null in archives that don't tell
 * @param feed the sender, as named by its profile; picks the rows of the {@code CodeMap}
 * @param identifiers all identifiers of the patient, each {@code authority|identifier}
 * @param observations what was observed, in the order sent
 */
@TypeInfo(RecordTypeInfo.Factory.class)
public record Panel(
    String patientId,
    @Nullable String encounter,
    @Nullable String facility,
    @Nullable String ward,
    @Nullable String bed,
    Instant time,
    @Nullable Instant issued,
    @Nullable Instant received,
    @Nullable String feed,
    String[] identifiers,
    Observation[] observations)
    implements ChartEvent {

  private static final String[] NO_IDENTIFIERS = {};

  /** A panel of a patient at a moment, with nothing told of the place and the source. */
  public static Panel of(String patientId, Instant time, Observation... observations) {
    return new Panel(
        patientId, null, null, null, null, time, null, null, null, NO_IDENTIFIERS, observations);
  }

  /** How many observations count in the books; see {@link Observation#isCounted()}. */
  public int countedObservations() {
    int counted = 0;
    for (Observation observation : observations) {
      counted += observation.isCounted() ? 1 : 0;
    }
    return counted;
  }

  @Override
  public Instant eventTime() {
    return time;
  }

  /** This panel with other observations. */
  public Panel withObservations(Observation... newObservations) {
    return new Panel(
        patientId,
        encounter,
        facility,
        ward,
        bed,
        time,
        issued,
        received,
        feed,
        identifiers,
        newObservations);
  }

  /** This panel as another revision. */
  public Panel withIssued(@Nullable Instant newIssued) {
    return new Panel(
        patientId,
        encounter,
        facility,
        ward,
        bed,
        time,
        newIssued,
        received,
        feed,
        identifiers,
        observations);
  }

  /** This panel as taken in at a moment. */
  public Panel withReceived(@Nullable Instant newReceived) {
    return new Panel(
        patientId,
        encounter,
        facility,
        ward,
        bed,
        time,
        issued,
        newReceived,
        feed,
        identifiers,
        observations);
  }

  /** This panel as sent by a feed. */
  public Panel withFeed(@Nullable String newFeed) {
    return new Panel(
        patientId,
        encounter,
        facility,
        ward,
        bed,
        time,
        issued,
        received,
        newFeed,
        identifiers,
        observations);
  }

  /** This panel of another record of the patient. */
  public Panel withPatient(String newPatientId, String... newIdentifiers) {
    return new Panel(
        newPatientId,
        encounter,
        facility,
        ward,
        bed,
        time,
        issued,
        received,
        feed,
        newIdentifiers,
        observations);
  }

  /** This panel in a stay and place. */
  public Panel withStay(
      @Nullable String newEncounter,
      @Nullable String newFacility,
      @Nullable String newWard,
      @Nullable String newBed) {
    return new Panel(
        patientId,
        newEncounter,
        newFacility,
        newWard,
        newBed,
        time,
        issued,
        received,
        feed,
        identifiers,
        observations);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Panel p
        && Objects.equals(patientId, p.patientId)
        && Objects.equals(encounter, p.encounter)
        && Objects.equals(facility, p.facility)
        && Objects.equals(ward, p.ward)
        && Objects.equals(bed, p.bed)
        && Objects.equals(time, p.time)
        && Objects.equals(issued, p.issued)
        && Objects.equals(received, p.received)
        && Objects.equals(feed, p.feed)
        && Arrays.equals(identifiers, p.identifiers)
        && Arrays.equals(observations, p.observations);
  }

  @Override
  public int hashCode() {
    return Objects.hash(patientId, time, issued, Arrays.hashCode(observations));
  }

  /** How many values; never whose nor which. */
  @Override
  public String toString() {
    return "Panel[" + observations.length + " observations]";
  }
}
