// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

/** A column that a table of movements may have, in the order of the documentation. */
enum MovementColumn implements Column {
  KIND("STRING"),
  PATIENT_ID("STRING"),
  OTHER_PATIENT_ID("STRING"),
  ENCOUNTER("STRING"),
  OTHER_ENCOUNTER("STRING"),
  FACILITY("STRING"),
  WARD("STRING"),
  BED("STRING"),
  BED_STATUS("STRING"),
  TS("TIMESTAMP_LTZ(3)"),
  RECORDED("TIMESTAMP_LTZ(3)"),
  RECEIVED("TIMESTAMP_LTZ(3)"),
  FEED("STRING"),
  REJECT_CODE("STRING"),
  REJECT_FIELD("STRING"),
  REJECT_SHA256("STRING");

  private final String type;

  MovementColumn(String type) {
    this.type = type;
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public boolean isAlwaysSet() {
    return this == KIND || this == TS;
  }
}
