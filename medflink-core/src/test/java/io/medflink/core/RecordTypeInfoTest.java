// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import static org.apache.flink.table.api.Expressions.$;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.Table;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.junit.jupiter.api.Test;

class RecordTypeInfoTest {
  private static final Panel ALICE =
      Panel.of(
          "hospital|1",
          Instant.parse("2026-11-01T08:30:00.125Z"),
          Observation.of(Vital.HEART_RATE, 70),
          Observation.of(Vital.BODY_TEMPERATURE, 36.8));
  private static final Panel BOB =
      Panel.of(
          "hospital|2",
          Instant.parse("2026-11-01T08:31:00Z"),
          Observation.of(Vital.HEART_RATE, 140));

  /** A user's own record around a panel. */
  public record Envelope(String source, Panel panel, Panel[] others) {}

  @Test
  void flink_finds_the_serializer_wherever_a_panel_stands() {
    TypeInformation<Panel> type = TypeInformation.of(Panel.class);
    assertThat(type).isInstanceOf(PojoTypeInfo.class).isEqualTo(TypeInformation.of(Panel.class));
    assertThat(type.createSerializer(new SerializerConfigImpl()))
        .isInstanceOf(PanelSerializer.class);
    assertThat(TypeInformation.of(Envelope.class)).isInstanceOf(PojoTypeInfo.class);
  }

  @Test
  void sql_sees_the_columns_of_a_panel_and_unnests_its_observations() throws Exception {
    StreamExecutionEnvironment env = environment();
    StreamTableEnvironment tables = StreamTableEnvironment.create(env);
    Table panels = tables.fromDataStream(env.fromData(ALICE, BOB));
    assertThat(panels.getResolvedSchema().getColumnNames())
        .containsExactly(
            "patientId",
            "encounter",
            "facility",
            "ward",
            "bed",
            "time",
            "issued",
            "received",
            "feed",
            "identifiers",
            "observations");
    assertThat(panels.getResolvedSchema().getColumn("time").orElseThrow().getDataType().toString())
        .startsWith("TIMESTAMP_LTZ");
    tables.createTemporaryView("panels", panels);
    List<Row> rows =
        collect(
            tables
                .sqlQuery(
                    "SELECT patientId, `time`, code, `value`, unit FROM panels"
                        + " CROSS JOIN UNNEST(observations) WHERE `value` > 100")
                .execute()
                .collect());
    assertThat(rows).containsExactly(Row.of("hospital|2", BOB.time(), "8867-4", 140.0, "/min"));
  }

  @Test
  void panels_go_through_a_table_and_come_back_the_same() throws Exception {
    StreamExecutionEnvironment env = environment();
    StreamTableEnvironment tables = StreamTableEnvironment.create(env);
    Table filtered =
        tables.fromDataStream(env.fromData(ALICE, BOB)).filter($("patientId").like("%1"));
    DataStream<Panel> back =
        tables.toDataStream(filtered, DataTypes.of(TypeInformation.of(Panel.class)));
    assertThat(collect(back.executeAndCollect())).containsExactly(ALICE);
  }

  @Test
  void panels_are_keyed_shuffled_and_nested_in_other_records_without_kryo() throws Exception {
    StreamExecutionEnvironment env = environment();
    DataStream<Envelope> envelopes =
        env.fromData(ALICE, BOB)
            .keyBy(Panel::patientId)
            .map(panel -> new Envelope("test", panel, new Panel[] {panel, BOB}))
            .returns(Envelope.class)
            .rebalance();
    List<Envelope> collected = collect(envelopes.executeAndCollect());
    assertThat(collected).extracting(Envelope::panel).containsExactlyInAnyOrder(ALICE, BOB);
    assertThat(collected).allSatisfy(e -> assertThat(e.others()).containsExactly(e.panel(), BOB));
  }

  private static StreamExecutionEnvironment environment() {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    return StreamExecutionEnvironment.getExecutionEnvironment(configuration).setParallelism(2);
  }

  private static <T> List<T> collect(CloseableIterator<T> iterator) throws Exception {
    try (iterator) {
      List<T> all = new ArrayList<>();
      iterator.forEachRemaining(all::add);
      return all;
    }
  }
}
