// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * One event of admission, discharge or transfer (HL7 v2 ADT, FHIR Encounter).
 *
 * @param kind what happened
 * @param patientId the patient's key {@code authority|identifier}
 * @param otherPatientId the retired key of a merge or move, the partner of a swap
 * @param encounter the stay
 * @param otherEncounter the second stay of a swap, link or move of a visit
 * @param facility where, after the movement
 * @param ward where, after the movement
 * @param bed where, after the movement
 * @param bedStatus HL7 table 0116 for {@link Kind#BED_STATUS}, such as {@code H}
 * @param occurred when it took place: the event time
 * @param recorded when the source wrote it down; decides which of two is newer
 * @param received when our source took it in
 * @param feed the sender
 */
@TypeInfo(RecordTypeInfo.Factory.class)
public record Movement(
    Kind kind,
    @Nullable String patientId,
    @Nullable String otherPatientId,
    @Nullable String encounter,
    @Nullable String otherEncounter,
    @Nullable String facility,
    @Nullable String ward,
    @Nullable String bed,
    @Nullable String bedStatus,
    Instant occurred,
    @Nullable Instant recorded,
    @Nullable Instant received,
    @Nullable String feed)
    implements ChartEvent {

  @Override
  public Instant eventTime() {
    return occurred;
  }

  /** This movement of another record of the patient. */
  public Movement withPatientId(@Nullable String newPatientId) {
    return with(kind, newPatientId, otherPatientId, received);
  }

  /** This movement with another retired key or partner. */
  public Movement withOtherPatientId(@Nullable String newOtherPatientId) {
    return with(kind, patientId, newOtherPatientId, received);
  }

  /** This movement of another stay. */
  public Movement withEncounters(@Nullable String newEncounter, @Nullable String newOther) {
    return new Movement(
        kind,
        patientId,
        otherPatientId,
        newEncounter,
        newOther,
        facility,
        ward,
        bed,
        bedStatus,
        occurred,
        recorded,
        received,
        feed);
  }

  /** Another kind of movement of the same patient, time and place. */
  public Movement withKind(Kind newKind) {
    return with(newKind, patientId, otherPatientId, received);
  }

  /** This movement as taken in at a moment. */
  public Movement withReceived(@Nullable Instant newReceived) {
    return with(kind, patientId, otherPatientId, newReceived);
  }

  private Movement with(
      Kind newKind,
      @Nullable String newPatientId,
      @Nullable String newOtherPatientId,
      @Nullable Instant newReceived) {
    return new Movement(
        newKind,
        newPatientId,
        newOtherPatientId,
        encounter,
        otherEncounter,
        facility,
        ward,
        bed,
        bedStatus,
        occurred,
        recorded,
        newReceived,
        feed);
  }

  /** What a movement does. The position in this list stands in state: append only. */
  public enum Kind {
    ADMIT,
    TRANSFER,
    DISCHARGE,
    CANCEL_ADMIT,
    CANCEL_TRANSFER,
    CANCEL_DISCHARGE,
    SWAP,
    LEAVE,
    RETURN,
    /** Two keys become one: {@code otherPatientId} is retired. */
    MERGE,
    /** A stay or an account goes to another patient. */
    MOVE,
    UNMERGE,
    BED_STATUS,
    /** {@code otherEncounter} goes on as {@code encounter}: one stay with two numbers. */
    LINK,
    /** Who and where, told again without anybody moving. */
    UPDATE,
    /** The patient died: every stay is over. */
    DEATH,
    PRE_ADMIT,
    PENDING_ADMIT,
    PENDING_TRANSFER,
    PENDING_DISCHARGE,
    CANCEL_PRE_ADMIT,
    CANCEL_PENDING_ADMIT,
    CANCEL_PENDING_TRANSFER,
    CANCEL_PENDING_DISCHARGE,
    CANCEL_LEAVE,
    CANCEL_RETURN,
    /** On the way to a place, as tracking tells; the stay's place doesn't change. */
    DEPART,
    ARRIVE,
    CANCEL_DEPART,
    CANCEL_ARRIVE,
    /** The record was made in error. */
    DELETE
  }

  /** What happened; never to whom nor where. */
  @Override
  public String toString() {
    return "Movement[" + kind + "]";
  }
}
