// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

/**
 * Why a message is not accepted, and the codes that say so (HL7 v2.9 tables 0008 and 0357). What
 * may be accepted later is AR in original mode (system down, full) and CE in enhanced mode (any
 * other reason than the header); what never will be is AE and CR.
 */
enum Refusal {
  /** No MSH segment, or one without separators. */
  NOT_HL7(false, "100^Segment sequence error"),
  /** Its end was FS without CR. */
  BAD_FRAME(false, "100^Segment sequence error"),
  /** Longer than the limit. */
  TOO_LARGE(false, "207^Application internal error"),
  /** The control id of an earlier message over other content. */
  CONTROL_ID_CONFLICT(false, "205^Duplicate key identifier"),
  /** The certificate's owner may not send under this name. */
  SENDER_NOT_ALLOWED(false, "207^Application internal error"),
  /** No room in the journal until a checkpoint completes. */
  JOURNAL_FULL(true, "207^Application internal error"),
  /** The journal could not be written. */
  JOURNAL_FAILED(true, "207^Application internal error");

  private final boolean later;
  private final String errorCode;

  Refusal(boolean later, String errorCode) {
    this.later = later;
    this.errorCode = errorCode;
  }

  /** Whether the same message may be accepted later. */
  boolean later() {
    return later;
  }

  String applicationCode() {
    return later ? "AR" : "AE";
  }

  String acceptCode() {
    return later ? "CE" : "CR";
  }

  /** ERR-3 with the components separated by {@code ^}. */
  String errorCode() {
    return errorCode + "^HL70357";
  }
}
