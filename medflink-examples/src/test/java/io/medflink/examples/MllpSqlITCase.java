// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** HL7 v2 that is sent over MLLP is a score, in SQL alone, by feed profile and its code map. */
@Timeout(120)
final class MllpSqlITCase {
  private static final String FEEDS =
      """
      version: 1
      feeds:
        bedside:
          senders: [{application: MONITOR, facility: GENERAL}]
          authorities: {GENERAL: mrn}
          zone: UTC
          codes: bedside.csv
      """;
  private static final String CODES =
      """
      feed,system,code,loinc,local_unit,unit,local_value,value
      bedside,,PULSE,8867-4,bpm,/min,,
      """;

  @TempDir Path folder;

  @Test
  void aPulseSentOverMllpIsAScore() throws Exception {
    Files.writeString(folder.resolve("feeds.yaml"), FEEDS);
    Files.writeString(folder.resolve("bedside.csv"), CODES);
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (Cluster cluster = Cluster.start()) {
      StreamTableEnvironment sql = cluster.tables();
      sql.getConfig().set("execution.checkpointing.interval", "200 ms");
      sql.executeSql("LOAD MODULE medflink");
      sql.executeSql("CREATE CATALOG medflink WITH ('type' = 'medflink')");
      sql.executeSql(
          """
          CREATE TABLE received (WATERMARK FOR ts AS ts - INTERVAL '1' MINUTE)
          WITH ('connector' = 'mllp', 'address' = '127.0.0.1:%d', 'journal.folder' = '%s',
            'format' = 'hl7v2', 'hl7v2.feeds' = '%s')
          LIKE medflink.schemas.observation
          """
              .formatted(port, folder.resolve("journal"), folder.resolve("feeds.yaml")));
      var result =
          sql.executeSql(
              """
              SELECT patient_id, ts, low, high, CARDINALITY(missing), status
              FROM ASSESS(input => TABLE received PARTITION BY patient_id, model => 'news2',
                on_time => DESCRIPTOR(ts), uid => 'assess')
              WHERE kind = 'assessment'
              """);
      try (CloseableIterator<Row> rows = result.collect()) {
        assertThat(sent(port, "1", "7", 135)).contains("MSA|AA|1");
        Row row = rows.next();
        assertThat(row.getField(0)).isEqualTo("mrn|7");
        assertThat(row.getField(1)).hasToString("2024-11-24T08:00:00Z");
        assertThat(row.getField(2)).isEqualTo(3.0); // a pulse of 131 or more
        assertThat(row.getField(4)).isEqualTo(6);
        assertThat(row.getField(5)).isEqualTo("PRELIMINARY");
      }
      result.getJobClient().orElseThrow().cancel().get();
    }
  }

  /** Sends a result once somebody listens; gives the acknowledgment. */
  private static String sent(int port, String id, String patient, int pulse) throws IOException {
    String message =
        "MSH|^~\\&|MONITOR|GENERAL|||20241124080001||ORU^R01|%s|P|2.5\rPID|1||%s^^^GENERAL\rOBR|1\rOBX|1|NM|PULSE||%d|bpm|||||F|||20241124080000\r"
            .formatted(id, patient, pulse);
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        socket.setSoTimeout(60_000);
        socket
            .getOutputStream()
            .write(("\u000b" + message + "\u001c\r").getBytes(StandardCharsets.US_ASCII));
        return answer(socket.getInputStream());
      } catch (ConnectException e) {
        Thread.onSpinWait(); // nobody listens yet
      }
    }
  }

  private static String answer(InputStream in) throws IOException {
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0 && b != 0x1C; b = in.read()) {
      answer.write(b);
    }
    return answer.toString(StandardCharsets.US_ASCII);
  }
}
