// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

/** A column that a table of decisions may have, in the order of the documentation. */
enum ControlColumn implements Column {
  KIND("STRING"),
  PATIENT_ID("STRING"),
  FACILITY("STRING"),
  WARD("STRING"),
  TARGET("STRING"),
  VAL("DOUBLE"),
  AUTHOR("STRING"),
  REASON("STRING"),
  TS("TIMESTAMP_LTZ(3)"),
  UNTIL("TIMESTAMP_LTZ(3)"),
  ID("STRING"),
  ISSUED("TIMESTAMP_LTZ(3)"),
  REJECT_CODE("STRING"),
  REJECT_FIELD("STRING"),
  REJECT_SHA256("STRING");

  private final String type;

  ControlColumn(String type) {
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
