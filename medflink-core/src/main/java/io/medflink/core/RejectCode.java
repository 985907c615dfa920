// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

/** Why something could not be used. The README's table lists each with its mend. */
public enum RejectCode {
  /** The message is not of its format. */
  UNDECODABLE("correct the sender or the format"),
  /** A limit of size or depth was passed. */
  TOO_LARGE("raise the limit or split the message"),
  /** No identifier of a configured authority. */
  NO_PATIENT_ID("add the authority to the feed's priorities"),
  /** No time, or none that a moment can be told from. */
  NO_TIME("have the sender state when it was measured"),
  /** Less precise than a moment, such as a date. */
  IMPRECISE_TIME("have the sender state the time of day"),
  /** Without a zone, where the feed has none either. */
  NO_TIME_ZONE("state the feed's zone"),
  /** Later than it was received, beyond the tolerance. */
  FUTURE_TIME("correct the sender's clock or raise the tolerance"),
  /** Neither LOINC nor in the code map. */
  UNMAPPED_CODE("add a row to the code map"),
  /** A unit that is not UCUM and not in the code map, or none where one is needed. */
  UNMAPPED_UNIT("add a row with the local unit to the code map"),
  /** A unit that cannot be converted to the type's unit. */
  WRONG_UNIT("correct the unit at the sender, or map the code to what is really measured"),
  /** A text that is none of the type's codes and not in the code map. */
  UNMAPPED_VALUE("add a row with the local value to the code map"),
  /** No value, or one of the wrong kind. */
  NO_VALUE("correct the sender"),
  /** Outside what can be true of a body. */
  IMPOSSIBLE_VALUE("look at the sensor"),
  /** A status that the format doesn't know. */
  UNKNOWN_STATUS("correct the sender"),
  /** The feed's clock shows it twice, in the hour that autumn repeats. */
  AMBIGUOUS_TIME("have the sender state the zone's offset"),
  /** The feed's clock never shows it, in the hour that spring leaves out. */
  NONEXISTENT_TIME("correct the sender's clock or the feed's zone"),
  /** No feed profile is the sender's. */
  UNKNOWN_SENDER("add a profile for the sender to the feeds file"),
  /** The control id of an earlier message over other content. */
  CONTROL_ID_CONFLICT("have the sender number its messages uniquely"),
  /** It replaces or removes a value that never came. */
  CORRECTION_WITHOUT_ORIGINAL("look for the lost original, or raise the lateness"),
  /** A decision without the author, reason, target or end that its kind needs. */
  BAD_CONTROL("have the author complete it"),
  /** A model that its reader doesn't take; the field says what is wrong with it. */
  BAD_MODEL("correct the model card"),
  /** A server that it was sent to refuses it for good; the local code says how. */
  REFUSED_BY_SERVER("correct what the server names, or the server's rules");

  private final String mend;

  RejectCode(String mend) {
    this.mend = mend;
  }

  /** What to do about it. */
  public String mend() {
    return mend;
  }
}
