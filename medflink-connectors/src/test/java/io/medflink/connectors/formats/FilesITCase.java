// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.apache.hadoop.hdfs.HdfsConfiguration;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files through Flink's filesystem connector, on a local disk and on a real HDFS. */
class FilesITCase {
  @RegisterExtension static final MiniClusterExtension FLINK = new MiniClusterExtension();

  private static final String COLUMNS =
      "(patient_id STRING, ts TIMESTAMP_LTZ(3), code STRING, val DOUBLE, unit STRING)";

  @TempDir static Path folder;
  private static MiniDFSCluster hdfs;

  @BeforeAll
  static void startHdfs() throws IOException {
    HdfsConfiguration configuration = new HdfsConfiguration();
    configuration.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, folder.resolve("hdfs").toString());
    hdfs = new MiniDFSCluster.Builder(configuration).numDataNodes(1).build();
    hdfs.waitClusterUp();
  }

  @AfterAll
  static void stopHdfs() {
    hdfs.shutdown();
  }

  @Test
  void theSameJobOverZippedFilesOfHdfsAndOfADiskGivesTheSameInBothModes() throws Exception {
    List<String> disk = archived(folder.resolve("disk").toUri().toString());
    assertThat(disk).hasSize(500);
    assertThat(archived(hdfs.getFileSystem().getUri() + "/ward")).isEqualTo(disk);
  }

  /** What a job has in its archive: from zipped NDJSON to Parquet and back. */
  private static List<String> archived(String root) throws Exception {
    for (int file = 0; file < 2; file++) {
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < 250; i++) {
        lines.append(line(file * 250 + i)).append('\n');
      }
      write(root + "/in/" + file + ".ndjson.gz", lines.toString());
    }
    List<String> read = new ArrayList<>();
    for (boolean batch : new boolean[] {false, true}) {
      TableEnvironment sql = sql(batch);
      String archive = root + (batch ? "/batch" : "/streaming");
      sql.executeSql(table("observations", root + "/in", "medflink-json", ""));
      sql.executeSql(table("archive", archive, "parquet", ""));
      sql.executeSql("INSERT INTO archive SELECT * FROM observations WHERE val > 0").await();
      List<String> rows = all(sql, "SELECT * FROM archive");
      Collections.sort(rows);
      assertThat(read.isEmpty() || read.equals(rows)).as("batch = streaming").isTrue();
      read.clear();
      read.addAll(rows);
    }
    return read;
  }

  @Test
  void aDirectoryThatKeepsReceivingFilesIsAStream() throws Exception {
    String in = hdfs.getFileSystem().getUri() + "/arriving";
    write(in + "/1.ndjson", line(1) + "\n");
    TableEnvironment sql = sql(false);
    sql.executeSql(
        table("observations", in, "medflink-json", ", 'source.monitor-interval' = '100 ms'"));
    TableResult result = sql.executeSql("SELECT val FROM observations");
    try (CloseableIterator<Row> rows = result.collect()) {
      assertThat(rows.next().getField(0)).isEqualTo(2.0);
      write(in + "/2.ndjson.gz", line(2) + "\n");
      assertThat(rows.next().getField(0)).isEqualTo(3.0);
    }
  }

  @Test
  void fhirIsATableOfObservationsOrOfMovements() throws Exception {
    String bundle =
        """
        {"resourceType":"Bundle","entry":[{"resource":{"resourceType":"Observation","status":"final",\
        "subject":{"reference":"Patient/p","identifier":{"system":"urn:oid:1","value":"7"}},\
        "effectiveDateTime":"2026-11-24T09:00:00","valueInteger":80,\
        "code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}]}}},\
        {"resource":{"resourceType":"Encounter","id":"e","status":"in-progress",\
        "subject":{"identifier":{"system":"urn:oid:1","value":"7"}},\
        "period":{"start":"2026-11-24T09:00:00"}}}]}
        """;
    String in = folder.resolve("fhir").toUri().toString();
    write(in + "/bundle", bundle);
    TableEnvironment sql = sql(false);
    String more = ", 'fhir-json.zone' = 'Europe/Berlin', 'fhir-json.authorities' = 'urn:oid:1=mrn'";
    sql.executeSql(table("observations", in, "fhir-json", more));
    sql.executeSql(
        table("movements", in, "fhir-json", more + ", 'fhir-json.records' = 'movements'")
            .replace(COLUMNS, "(kind STRING, patient_id STRING, encounter STRING)"));

    assertThat(all(sql, "SELECT patient_id, code, val FROM observations"))
        .containsExactly("+I[mrn|7, 8867-4, 80.0]");
    assertThat(all(sql, "SELECT * FROM movements")).containsExactly("+I[admit, mrn|7, e]");
  }

  private static List<String> all(TableEnvironment sql, String query) throws Exception {
    List<String> rows = new ArrayList<>();
    try (CloseableIterator<Row> iterator = sql.executeSql(query).collect()) {
      iterator.forEachRemaining(row -> rows.add(row.toString()));
    }
    return rows;
  }

  private static String line(int i) {
    return "{\"patient_id\":\"mrn|"
        + i % 7
        + "\",\"time\":\"2026-11-24T08:00:00Z\",\"observations\":[{\"code\":\"8867-4\",\"value\":"
        + (i + 1)
        + ",\"unit\":\"/min\"}]}";
  }

  private static TableEnvironment sql(boolean batch) {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.setString("parallelism.default", "1");
    EnvironmentSettings.Builder settings =
        EnvironmentSettings.newInstance().withConfiguration(configuration);
    return TableEnvironment.create(
        (batch ? settings.inBatchMode() : settings.inStreamingMode()).build());
  }

  private static String table(String name, String path, String format, String more) {
    return "CREATE TABLE "
        + name
        + " "
        + COLUMNS
        + " WITH ('connector' = 'filesystem', 'path' = '"
        + path
        + "', 'format' = '"
        + format
        + "'"
        + more
        + ")";
  }

  /** Written beside, then moved: a file is there whole or not at all. */
  private static void write(String path, String text) throws IOException {
    org.apache.flink.core.fs.Path file = new org.apache.flink.core.fs.Path(path);
    org.apache.flink.core.fs.Path aside =
        new org.apache.flink.core.fs.Path(file.getParent() + "/../aside/" + file.getName());
    FileSystem files = file.getFileSystem();
    files.mkdirs(aside.getParent());
    files.mkdirs(file.getParent());
    try (OutputStream out = files.create(aside, FileSystem.WriteMode.OVERWRITE)) {
      if (path.endsWith(".gz")) {
        try (OutputStream zipped = new GZIPOutputStream(out)) {
          zipped.write(text.getBytes(UTF_8));
        }
      } else {
        out.write(text.getBytes(UTF_8));
      }
    }
    assertThat(files.rename(aside, file)).isTrue();
  }
}
