// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.xml;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class XmlFormatITCase {
  @RegisterExtension static final MiniClusterExtension FLINK = new MiniClusterExtension();

  @TempDir Path folder;

  @Test
  void readsAndWritesTablesAndMakesRejectsRows() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.setString("parallelism.default", "1");
    TableEnvironment sql =
        TableEnvironment.create(
            EnvironmentSettings.newInstance().withConfiguration(configuration).build());
    Files.writeString(
        folder.resolve("in"),
        """
        <w n='a'><v id='1'><x>1</x><y><z>q</z></y></v><v id='2'><x>CANARY</x></v></w>
        <w n='b'><v id='3'/></w>
        <w><broken CANARY
        """);
    String paths = ", 'xml.paths.ward' = '../@n', 'xml.paths.id' = '@id'";
    sql.executeSql(
        "CREATE TABLE vitals (reject_code STRING, ward STRING, id INT, x DOUBLE, reject_field STRING,"
            + " y ROW<z STRING>, reject_sha256 STRING) WITH ('connector' = 'filesystem', 'path' = '"
            + folder.resolve("in")
            + "', 'format' = 'xml', 'xml.row' = '/w/v', 'xml.rejects' = 'row'"
            + paths
            + ")");
    sql.executeSql(
        "CREATE TABLE copies (ward STRING, id INT, x DOUBLE, y ROW<z STRING>) WITH ("
            + "'connector' = 'filesystem', 'path' = '"
            + folder.resolve("out")
            + "', 'format' = 'xml', 'xml.row' = '/w/v'"
            + paths
            + ")");

    assertThat(rows(sql, "SELECT id, x, y, reject_code, ward, reject_field FROM vitals"))
        .containsExactly(
            "+I[1, 1.0, +I[q], null, a, null]",
            "+I[null, null, null, UNDECODABLE, null, row[1].x]",
            "+I[3, null, null, null, b, null]",
            "+I[null, null, null, UNDECODABLE, null, null]");
    sql.executeSql("INSERT INTO copies SELECT ward, id, x, y FROM vitals WHERE reject_code IS NULL")
        .await();
    assertThat(rows(sql, "SELECT * FROM copies"))
        .containsExactly("+I[a, 1, 1.0, +I[q]]", "+I[b, 3, null, null]");
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      assertThat(Files.readString(files.findFirst().orElseThrow()))
          .startsWith("<w n=\"a\"><v id=\"1\"><x>1.0</x><y><z>q</z></y></v></w>\n");
    }
  }

  private static List<String> rows(TableEnvironment sql, String query) throws Exception {
    List<String> rows = new ArrayList<>();
    try (CloseableIterator<Row> iterator = sql.executeSql(query).collect()) {
      iterator.forEachRemaining(row -> rows.add(row.toString()));
    }
    return rows;
  }
}
