// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import java.util.Map;

/** The columns of each kind of record in SQL, as rows are read and written everywhere. */
final class Schemas {
  /** What {@code ASSESS} returns beside its key and {@code rowtime}. */
  static final String ASSESSED =
      "kind STRING, model STRING, version STRING, ts TIMESTAMP_LTZ(3), revision INT, status STRING,"
          + " low DOUBLE, high DOUBLE, level STRING, level_low STRING, level_high STRING, missing"
          + " ARRAY<STRING>, reason STRING, encounter STRING, facility STRING, ward STRING, bed"
          + " STRING, predictions MAP<STRING, ROW<low DOUBLE, high DOUBLE>>, reject_code STRING,"
          + " reject_field STRING, code STRING, unit STRING";

  /** What {@code RAISE_ALERTS} returns beside its key and {@code rowtime}. */
  static final String ALERTED =
      "kind STRING, id STRING, patient_id STRING, encounter STRING, ward STRING, bed STRING, model"
          + " STRING, state STRING, priority STRING, level STRING, historical BOOLEAN, onset"
          + " TIMESTAMP_LTZ(3), ts TIMESTAMP_LTZ(3), reason STRING, pages BOOLEAN, replaces STRING,"
          + " reject_code STRING, reject_field STRING";

  private static final String REJECTED =
      ", reject_code STRING, reject_field STRING, reject_sha256 STRING";

  /** The tables of the catalog. */
  static final Map<String, String> TABLES =
      Map.of(
          "observation",
          "patient_id STRING, encounter STRING, facility STRING, ward STRING, bed STRING, ts"
              + " TIMESTAMP_LTZ(3), issued TIMESTAMP_LTZ(3), received TIMESTAMP_LTZ(3), feed"
              + " STRING, `system` STRING, code STRING, val DOUBLE, text STRING, unit STRING,"
              + " local_unit STRING, local_value STRING, status STRING, id STRING, comparator"
              + " STRING, range_low DOUBLE, range_high DOUBLE, flag STRING, `method` STRING"
              + REJECTED,
          "movement",
          "kind STRING, patient_id STRING, other_patient_id STRING, encounter STRING,"
              + " other_encounter STRING, facility STRING, ward STRING, bed STRING, bed_status"
              + " STRING, ts TIMESTAMP_LTZ(3), recorded TIMESTAMP_LTZ(3), received"
              + " TIMESTAMP_LTZ(3), feed STRING"
              + REJECTED,
          "control",
          "kind STRING, patient_id STRING, facility STRING, ward STRING, target STRING, val DOUBLE,"
              + " author STRING, reason STRING, ts TIMESTAMP_LTZ(3), until TIMESTAMP_LTZ(3), id"
              + " STRING, issued TIMESTAMP_LTZ(3)"
              + REJECTED,
          "assessment",
          "patient_id STRING, " + ASSESSED + ", rowtime TIMESTAMP_LTZ(3)",
          "alert",
          "facility STRING, " + ALERTED + ", rowtime TIMESTAMP_LTZ(3)",
          "reject",
          "stage STRING, code STRING, field STRING, feed STRING, local_system STRING, local_code"
              + " STRING, local_unit STRING, `position` STRING, ts TIMESTAMP_LTZ(3), sha256"
              + " STRING");

  private Schemas() {}
}
