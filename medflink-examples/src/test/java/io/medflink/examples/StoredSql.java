// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.table.api.PlanReference;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.connector.ChangelogMode;
import org.apache.flink.table.connector.ProviderContext;
import org.apache.flink.table.connector.sink.DataStreamSinkProvider;
import org.apache.flink.table.connector.sink.DynamicTableSink;
import org.apache.flink.table.connector.source.DataStreamScanProvider;
import org.apache.flink.table.connector.source.DynamicTableSource;
import org.apache.flink.table.connector.source.ScanTableSource;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.factories.DynamicTableFactory;
import org.apache.flink.table.factories.DynamicTableSinkFactory;
import org.apache.flink.table.factories.DynamicTableSourceFactory;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.DataType;

/**
 * The SQL job whose savepoint is stored with its compiled plan, which is what gives the operators
 * of SQL their uids; and the tables that it reads and writes.
 */
public final class StoredSql implements DynamicTableSourceFactory, DynamicTableSinkFactory {
  /** From and to which row the source is fed. */
  private static final AtomicIntegerArray FED = new AtomicIntegerArray(2);

  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  /**
   * What is told of each patient before the savepoint only; the heart rate is told after it too.
   */
  private static final List<List<Object>> ONCE =
      List.of(
          List.of("9279-1", 16.0, "/min"),
          List.of("59408-5", 97.0, "%"),
          List.of("8480-6", 120.0, "mm[Hg]"),
          List.of("8310-5", 37.1, "Cel"),
          List.of("3151-8", 0.0, "L/min"),
          List.of("67775-7", "A"));

  /** The same by the names of the model's inputs. */
  static final Map<String, Object> INPUTS =
      Map.of("rr", 16, "spo2", 97, "sbp", 120, "temp_c", 37.1, "on_o2", false, "acvpu", "A");

  /** Starts the job by its plan, which is written at first. */
  static JobClient start(Configuration configuration, Path plan, int from, int to)
      throws Exception {
    FED.set(0, from);
    FED.set(1, to);
    StreamTableEnvironment tables =
        StreamTableEnvironment.create(
            StreamExecutionEnvironment.getExecutionEnvironment(configuration).setParallelism(1));
    tables.executeSql("LOAD MODULE medflink");
    tables.executeSql(
        "CREATE TABLE observations (patient_id STRING, ts TIMESTAMP_LTZ(3), code STRING, val DOUBLE,"
            + " text STRING, unit STRING, WATERMARK FOR ts AS ts - INTERVAL '10' MINUTE)"
            + " WITH ('connector' = 'stored')");
    tables.executeSql(
        "CREATE TABLE said (patient_id STRING, ts TIMESTAMP_LTZ(3), status STRING, low DOUBLE, high"
            + " DOUBLE, missing INT) WITH ('connector' = 'stored')");
    if (!Files.exists(plan)) {
      tables
          .compilePlanSql(
              "INSERT INTO said SELECT patient_id, ts, status, low, high, CARDINALITY(missing) FROM"
                  + " ASSESS(input => TABLE observations PARTITION BY patient_id, model => 'news2',"
                  + " lateness => 'PT5M', on_time => DESCRIPTOR(ts), uid => 'ward-news2')"
                  + " WHERE kind = 'assessment'")
          .writeToFile(plan);
    }
    return tables.loadPlan(PlanReference.fromFile(plan)).execute().getJobClient().orElseThrow();
  }

  /** The moment of a row. */
  static Instant time(int row) {
    return START.plusSeconds(30L * row);
  }

  private static RowData row(int n) {
    List<Object> told =
        n < 3 * ONCE.size() ? ONCE.get(n / 3) : List.of("8867-4", heartRate(n), "/min");
    boolean coded = told.get(1) instanceof String;
    return GenericRowData.of(
        StringData.fromString("mrn|" + n % 3),
        TimestampData.fromInstant(time(n)),
        StringData.fromString(told.get(0).toString()),
        coded ? null : told.get(1),
        coded ? StringData.fromString(told.get(1).toString()) : null,
        coded ? null : StringData.fromString(told.get(2).toString()));
  }

  /** Another one for each row. */
  static double heartRate(int row) {
    return 60.0 + row;
  }

  private static String words(RowData row) {
    return "%s %s %s %s %d"
        .formatted(
            row.getTimestamp(1, 3).toInstant(),
            row.getString(2),
            row.getDouble(3),
            row.getDouble(4),
            row.getInt(5));
  }

  @Override
  public String factoryIdentifier() {
    return "stored";
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }

  @Override
  public DynamicTableSource createDynamicTableSource(DynamicTableFactory.Context context) {
    return new Source(context.getPhysicalRowDataType());
  }

  @Override
  public DynamicTableSink createDynamicTableSink(DynamicTableFactory.Context context) {
    return new Sink();
  }

  private record Source(DataType type) implements ScanTableSource, DataStreamScanProvider {
    @Override
    public DataStream<RowData> produceDataStream(
        ProviderContext context, StreamExecutionEnvironment env) {
      return env.fromSequence(0, Long.MAX_VALUE)
          .uid(context.generateUid("numbers").orElseThrow())
          .flatMap(new Feed(FED.get(0), FED.get(1)))
          .uid(context.generateUid("feed").orElseThrow())
          .map(StoredSql::row)
          .returns(InternalTypeInfo.of(type.getLogicalType()))
          .uid(context.generateUid("rows").orElseThrow());
    }

    @Override
    public boolean isBounded() {
      return false;
    }

    @Override
    public ChangelogMode getChangelogMode() {
      return ChangelogMode.insertOnly();
    }

    @Override
    public ScanRuntimeProvider getScanRuntimeProvider(ScanContext context) {
      return this;
    }

    @Override
    public DynamicTableSource copy() {
      return this;
    }

    @Override
    public String asSummaryString() {
      return "stored";
    }
  }

  private record Sink() implements DynamicTableSink, DataStreamSinkProvider {
    @Override
    public DataStreamSink<?> consumeDataStream(ProviderContext context, DataStream<RowData> rows) {
      return rows.map(row -> StoredJob.say(words(row)))
          .returns(String.class)
          .uid(context.generateUid("said").orElseThrow())
          .sinkTo(new DiscardingSink<>())
          .uid(context.generateUid("sink").orElseThrow());
    }

    @Override
    public ChangelogMode getChangelogMode(ChangelogMode requested) {
      return ChangelogMode.insertOnly();
    }

    @Override
    public SinkRuntimeProvider getSinkRuntimeProvider(DynamicTableSink.Context context) {
      return this;
    }

    @Override
    public DynamicTableSink copy() {
      return this;
    }

    @Override
    public String asSummaryString() {
      return "stored";
    }
  }
}
