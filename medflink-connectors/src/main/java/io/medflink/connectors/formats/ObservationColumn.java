// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

/** A column that a table of observations may have, in the order of the documentation. */
enum ObservationColumn implements Column {
  PATIENT_ID("STRING"),
  ENCOUNTER("STRING"),
  FACILITY("STRING"),
  WARD("STRING"),
  BED("STRING"),
  TS("TIMESTAMP_LTZ(3)"),
  ISSUED("TIMESTAMP_LTZ(3)"),
  RECEIVED("TIMESTAMP_LTZ(3)"),
  FEED("STRING"),
  SYSTEM("STRING"),
  CODE("STRING"),
  VAL("DOUBLE"),
  TEXT("STRING"),
  UNIT("STRING"),
  LOCAL_UNIT("STRING"),
  LOCAL_VALUE("STRING"),
  STATUS("STRING"),
  ID("STRING"),
  COMPARATOR("STRING"),
  RANGE_LOW("DOUBLE"),
  RANGE_HIGH("DOUBLE"),
  FLAG("STRING"),
  METHOD("STRING"),
  REJECT_CODE("STRING"),
  REJECT_FIELD("STRING"),
  REJECT_SHA256("STRING");

  private final String type;

  ObservationColumn(String type) {
    this.type = type;
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public boolean isAlwaysSet() {
    return this == PATIENT_ID || this == TS || this == STATUS;
  }
}
