// SPDX-License-Identifier: Apache-2.0
package io.medflink.bench;

import io.medflink.core.Observation;
import io.medflink.core.Panel;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.GenericTypeInfo;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a panel of six values cost between two tasks, and at each chained operator while object
 * reuse is off? {@code java -jar medflink-bench/target/benchmarks.jar PanelSerializerBenchmark
 * -prof gc}. The bytes of each form are printed before its run.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PanelSerializerBenchmark {

  /** A way to write the same panel. */
  public enum Form {
    /** {@code Panel} with its own serializer. */
    PANEL,
    /** A class of the same fields with Flink's PojoSerializer. */
    POJO,
    /** A record of the same fields with Flink's PojoSerializer. */
    RECORD,
    /** The class with Flink's fall-back for what it doesn't know. */
    KRYO
  }

  private static final SerializerConfigImpl CONFIG = new SerializerConfigImpl();

  /** The form measured. */
  @Param public Form form = Form.PANEL;

  private final DataOutputSerializer out = new DataOutputSerializer(4096);
  private final DataInputDeserializer in = new DataInputDeserializer();
  private Written<?> written = written(Form.PANEL, panel(6));

  /** Makes the panel in its form and prints its size. */
  @Setup
  public void write() throws IOException {
    written = written(form, panel(6));
    int context = written(form, panel(0)).bytes(out);
    int all = written.bytes(out);
    System.out.printf(
        "%s: %d bytes, of which context %d and %.1f per value%n",
        form, all, context, (all - context) / 6.0);
  }

  /** Serialized and deserialized. */
  @Benchmark
  public Object roundTrip() throws IOException {
    return written.roundTrip(out, in);
  }

  /** Copied, as between chained operators. */
  @Benchmark
  public Object copy() {
    return written.copy();
  }

  /** Six values of a stay, or as many. */
  static Panel panel(int values) {
    Observation[] six = new Vitals(1, 1).message(0, true);
    Instant time = Instant.parse("2026-03-01T08:30:00Z");
    return Panel.of("hospital|4711", time, values == 6 ? six : new Observation[0])
        .withStay("enc-1", "General", "Ward 3", "3-12")
        .withIssued(time)
        .withReceived(time.plusMillis(250))
        .withFeed("vitals");
  }

  static Written<?> written(Form form, Panel panel) {
    return switch (form) {
      case PANEL -> new Written<>(TypeInformation.of(Panel.class).createSerializer(CONFIG), panel);
      case POJO ->
          new Written<>(
              TypeInformation.of(PanelPojo.class).createSerializer(CONFIG), PanelPojo.of(panel));
      case RECORD ->
          new Written<>(
              TypeInformation.of(PanelRecord.class).createSerializer(CONFIG),
              PanelRecord.of(panel));
      case KRYO ->
          new Written<>(
              new GenericTypeInfo<>(PanelPojo.class).createSerializer(CONFIG), PanelPojo.of(panel));
    };
  }

  /** A panel in some form with its serializer. */
  record Written<T>(TypeSerializer<T> serializer, T value) {
    T roundTrip(DataOutputSerializer out, DataInputDeserializer in) throws IOException {
      out.clear();
      serializer.serialize(value, out);
      in.setBuffer(out.getSharedBuffer(), 0, out.length());
      return serializer.deserialize(in);
    }

    T copy() {
      return serializer.copy(value);
    }

    int bytes(DataOutputSerializer out) throws IOException {
      out.clear();
      serializer.serialize(value, out);
      return out.length();
    }
  }

  /** {@link Panel} without its type information. */
  public record PanelRecord(
      String patientId,
      @Nullable String encounter,
      @Nullable String facility,
      @Nullable String ward,
      @Nullable String bed,
      Instant time,
      @Nullable Instant issued,
      @Nullable Instant received,
      @Nullable String feed,
      String[] identifiers,
      Observation[] observations) {

    static PanelRecord of(Panel p) {
      return new PanelRecord(
          p.patientId(),
          p.encounter(),
          p.facility(),
          p.ward(),
          p.bed(),
          p.time(),
          p.issued(),
          p.received(),
          p.feed(),
          p.identifiers(),
          p.observations());
    }
  }
}
