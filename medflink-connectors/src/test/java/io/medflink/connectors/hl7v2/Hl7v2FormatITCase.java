// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class Hl7v2FormatITCase {
  @RegisterExtension static final MiniClusterExtension FLINK = new MiniClusterExtension();

  private static final String MESSAGES =
      "MSH|^~\\&|APP|FAC|||20261124080500||ORU^R01|7|P|2.5\rPID|1||12^^^A\rPV1|1|I|W\r"
          + "OBX|1|NM|8867-4^HR^LN||88.5|/min^^UCUM|||||F|||20261124080000\r"
          + "OBX|2|NM|HF^^L||88|bpm|||||F|||20261124\r\n"
          + "\n"
          + "MSH|^~\\&|APP|FAC|||20261124080500||ADT^A02|8|P|2.5\rEVN||20261124080500\rPID|1||12^^^A\r"
          + "PV1|1|I|W^R^B||||||||||||||||v1\r\n";

  @TempDir Path folder;
  @TempDir Path settings;
  private TableEnvironment sql;

  @BeforeEach
  void start() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.setString("table.local-time-zone", "UTC");
    configuration.setString("parallelism.default", "1");
    sql =
        TableEnvironment.create(
            EnvironmentSettings.newInstance()
                .inBatchMode()
                .withConfiguration(configuration)
                .build());
    Files.writeString(folder.resolve("messages"), MESSAGES);
  }

  @Test
  void givesARowForEachObservationMovementAndReject() throws Exception {
    table(
        "patient_id STRING, ward STRING, ts TIMESTAMP_LTZ(3), code STRING, val DOUBLE, unit STRING,"
            + " reject_code STRING, reject_field STRING, reject_sha256 STRING",
        "'hl7v2.zone' = 'UTC', 'hl7v2.authorities' = 'B=b;A=mrn', 'hl7v2.rejects' = 'row'");
    assertThat(
            rows(
                "SELECT patient_id, ward, CAST(ts AS STRING), code, val, unit, reject_code, reject_field FROM m"))
        .containsExactlyInAnyOrder(
            "+I[mrn|12, W, 2026-11-24 08:00:00.000, 8867-4, 88.5, /min, null, null]",
            "+I[null, null, null, HF, null, null, IMPRECISE_TIME, OBX[2]-14]");
    table(
        "kind STRING, patient_id STRING, encounter STRING, ward STRING, bed STRING,"
            + " ts TIMESTAMP_LTZ(3), feed STRING",
        "'hl7v2.zone' = 'UTC', 'hl7v2.records' = 'movements', 'hl7v2.feed' = 'adt'");
    assertThatThrownBy(() -> rows("SELECT * FROM m"))
        .hasStackTraceContaining("IMPRECISE_TIME in OBX[2]-14");
    Files.writeString(
        folder.resolve("messages"), MESSAGES.replace("|||20261124\r", "|||20261124080000\r"));
    assertThat(
            rows("SELECT kind, patient_id, encounter, ward, bed, CAST(ts AS STRING), feed FROM m"))
        .containsExactly("+I[transfer, A|12, v1, W, R/B, 2026-11-24 08:05:00.000, adt]");
  }

  @Test
  void rowsComeByTheCodeMapsOfTheirFeedsWhatTheyLackAsSent() throws Exception {
    Path feeds =
        Files.writeString(
            settings.resolve("feeds.yaml"),
            """
            version: 1
            feeds:
              ward:
                senders: [{application: APP}]
                authorities: {A: mrn}
                zone: UTC
                codes: ward.csv
            """);
    Files.writeString(
        settings.resolve("ward.csv"),
        """
        feed,system,code,loinc,local_unit,unit,local_value,value
        ,L,HF,8867-4,bpm,/min,,
        ,L,AVPU,67775-7,,,wach,A
        """);
    Files.writeString(
        folder.resolve("messages"),
        """
        MSH|^~\\&|APP|FAC|||20261124080500||ORU^R01|7|P|2.5
        PID|1||12^^^A
        OBX|1|NM|HF^^L||88|bpm|||||F|||20261124080000
        OBX|2|NM|HF^^L||89|per day|||||F|||20261124080000
        OBX|3|ST|AVPU^^L||wach||||||F|||20261124080000
        OBX|4|NM|8310-5^^LN||98.6|[degF]^^UCUM|||||F|||20261124080000
        OBX|5|NM|XYZ^^L||1|u|||||F|||20261124080000
        """
            .replace('\n', '\r'));
    table(
        "feed STRING, `system` STRING, code STRING, val DOUBLE, text STRING, unit STRING,"
            + " local_unit STRING",
        "'hl7v2.feeds' = '" + feeds + "'");
    assertThat(rows("SELECT * FROM m"))
        .containsExactlyInAnyOrder(
            "+I[ward, null, 8867-4, 88.0, null, /min, null]",
            "+I[ward, L, HF, 89.0, null, null, per day]",
            "+I[ward, null, 67775-7, null, A, null, null]",
            "+I[ward, null, 8310-5, 37.0, null, Cel, null]",
            "+I[ward, L, XYZ, 1.0, null, null, u]");
  }

  @Test
  void saysWhichOptionIsWrong() {
    fails("'hl7v2.zone' = 'Mars'", "'hl7v2.zone' is no time zone: Mars");
    fails("'hl7v2.authorities' = 'A'", "'hl7v2.authorities' is a list such as");
    fails(
        "'hl7v2.feeds' = '/nowhere.yaml'",
        "'hl7v2.feeds' or a code map that it names can't be read: /nowhere.yaml");
    fails("'hl7v2.feeds' = 'x', 'hl7v2.feed' = 'y'", "'hl7v2.feed' is of one sender");
    table("heart_rate INT", "'hl7v2.records' = 'movements'");
    assertThatThrownBy(() -> rows("SELECT * FROM m"))
        .hasStackTraceContaining("No column 'heart_rate INT' in a table of movements");
  }

  private void fails(String option, String message) {
    table("val DOUBLE", option);
    assertThatThrownBy(() -> rows("SELECT * FROM m")).hasStackTraceContaining(message);
  }

  private void table(String columns, String options) {
    sql.executeSql("DROP TABLE IF EXISTS m");
    sql.executeSql(
        String.format(
            "CREATE TABLE m (%s) WITH ('connector' = 'filesystem', 'path' = '%s',"
                + " 'format' = 'hl7v2', %s)",
            columns, folder.toUri(), options));
  }

  private List<String> rows(String query) throws Exception {
    List<String> rows = new ArrayList<>();
    try (CloseableIterator<Row> result = sql.executeSql(query).collect()) {
      result.forEachRemaining(row -> rows.add(row.toString()));
    }
    return rows;
  }
}
