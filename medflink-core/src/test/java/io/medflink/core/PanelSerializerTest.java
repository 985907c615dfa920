// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Arrays;
import java.util.Random;
import org.apache.flink.api.common.typeutils.base.IntSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.InstantiationUtil;
import org.junit.jupiter.api.Test;

class PanelSerializerTest {
  private static final Panel SIX =
      Panel.of(
          "hospital|4711",
          Instant.parse("2026-11-01T08:30:00Z"),
          Observation.of(Vital.HEART_RATE, 72),
          Observation.of(Vital.RESPIRATORY_RATE, 16),
          Observation.of(Vital.OXYGEN_SATURATION, 97),
          Observation.of(Vital.SYSTOLIC_PRESSURE, 121),
          Observation.of(Vital.BODY_TEMPERATURE, 36.8),
          Observation.coded(Vital.CONSCIOUSNESS, "A"));

  private final PanelSerializer serializer = new PanelSerializer();

  @Test
  void any_panel_comes_back_exactly_as_it_went() throws IOException {
    RandomPanels panels = new RandomPanels(1);
    DataOutputSerializer out = new DataOutputSerializer(64);
    for (int i = 0; i < 20_000; i++) {
      Panel panel = panels.next();
      out.clear();
      serializer.serialize(panel, out);
      DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
      Panel read = serializer.deserialize(in);
      assertThat(read).isEqualTo(panel);
      assertThat(in.available()).isZero();
      for (int k = 0; k < read.observations().length; k++) {
        assertThat(Double.doubleToRawLongBits(read.observations()[k].value()))
            .isEqualTo(Double.doubleToRawLongBits(panel.observations()[k].value()));
      }
    }
  }

  @Test
  void nulls_where_none_should_be_are_kept_for_clean_to_reject() throws IOException {
    Panel odd =
        new Panel(
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            new String[] {null, ""},
            new Observation[] {null, Observation.of((String) null, 1, null).withStatus(null)});
    assertThat(read(write(odd))).isEqualTo(odd);
  }

  @Test
  void a_very_large_panel_comes_back() throws IOException {
    Observation[] many = new Observation[100_000];
    Arrays.fill(many, Observation.of("no-term", 1, "none").withId("ORD|1"));
    Panel panel = SIX.withObservations(many);
    assertThat(read(write(panel))).isEqualTo(panel);
    assertThat(read(write(SIX))).isEqualTo(SIX);
  }

  @Test
  void six_values_take_12_bytes_each_and_a_coded_one_5() throws IOException {
    int context = write(SIX.withObservations()).length;
    assertThat(context).isEqualTo(28);
    // flags 2, code 1, number 8, unit 1; flags 2, code 1, text 1.
    assertThat(write(SIX).length - context).isEqualTo(5 * 12 + 4);
  }

  @Test
  void serializing_and_copying_allocate_nothing_and_reading_only_the_panel() throws IOException {
    Panel panel =
        SIX.withStay("enc-1", "General", "Ward 3", "3-12")
            .withIssued(SIX.time())
            .withReceived(SIX.time())
            .withFeed("vitals");
    DataOutputSerializer out = new DataOutputSerializer(1024);
    DataInputDeserializer in = new DataInputDeserializer();
    serializer.serialize(panel, out);
    in.setBuffer(out.getCopyOfBuffer());
    serializer.deserialize(in);

    assertThat(
            bytesPerCall(
                () -> {
                  out.clear();
                  serializer.serialize(panel, out);
                }))
        .isZero();
    assertThat(bytesPerCall(() -> serializer.copy(panel))).isZero();
    byte[] bytes = out.getCopyOfBuffer();
    assertThat(
            bytesPerCall(
                () -> {
                  in.setBuffer(bytes);
                  serializer.deserialize(in);
                }))
        .isLessThanOrEqualTo(DESERIALIZED);
  }

  /**
   * A panel (56), three instants (24 each), six strings (24 each) with their bytes (152), an array
   * (40) and six observations (88 each); codes, units and coded values are terms and cost nothing.
   */
  private static final long DESERIALIZED = 992;

  private interface Call {
    void run() throws IOException;
  }

  private static long bytesPerCall(Call call) throws IOException {
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      long before = thread.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 1000; i++) {
        call.run();
      }
      least = Math.min(least, thread.getCurrentThreadAllocatedBytes() - before);
    }
    return least / 1000;
  }

  @Test
  void truncated_bytes_give_an_exception_whose_message_holds_no_content() throws IOException {
    Panel panel = SIX.withStay("CANARY", null, "CANARY", null);
    byte[] bytes = write(panel);
    for (int n = 0; n < bytes.length; n++) {
      byte[] part = Arrays.copyOf(bytes, n);
      assertThatThrownBy(() -> read(part))
          .isInstanceOf(IOException.class)
          .hasNoCause()
          .satisfies(e -> assertThat(String.valueOf(e.getMessage())).doesNotContain("CANARY"));
    }
  }

  @Test
  void corrupted_bytes_give_a_panel_or_an_io_exception_and_reserve_little_memory()
      throws IOException {
    Random random = new Random(7);
    RandomPanels panels = new RandomPanels(7);
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = write(panels.next());
      for (int k = random.nextInt(4); k >= 0; k--) {
        bytes[random.nextInt(Math.min(bytes.length, 64))] = (byte) random.nextInt();
      }
      long before = thread.getCurrentThreadAllocatedBytes();
      Throwable thrown = catchThrowable(() -> read(bytes));
      assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000_000);
      if (thrown != null) {
        assertThat(thrown).isInstanceOf(IOException.class).hasNoCause();
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(5_000);
  }

  @Test
  void a_length_of_two_gigabytes_reserves_no_such_memory() {
    byte[] bytes = {1, -1, -1, -1, -1, 7, 0, 0};
    assertThatThrownBy(() -> read(bytes)).isInstanceOf(IOException.class);
    byte[] endless = {1, -1, -1, -1, -1, -1, -1, -1};
    assertThatThrownBy(() -> read(endless)).hasMessage("Corrupted record: length");
  }

  @Test
  void bytes_behind_the_last_field_are_corruption() throws IOException {
    byte[] bytes = write(SIX);
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    longer[1]++;
    assertThatThrownBy(() -> read(longer)).hasMessage("Corrupted record: bytes left over");
  }

  @Test
  void a_record_of_a_newer_format_is_refused_by_name() throws IOException {
    byte[] bytes = write(SIX);
    bytes[0] = 3;
    String message =
        "Panels were written in format 3 by a newer MedFlink; this one reads formats 1 to 2";
    assertThatThrownBy(() -> read(bytes)).isInstanceOf(IOException.class).hasMessage(message);
    assertThatThrownBy(
            () -> serializer.copy(new DataInputDeserializer(bytes), new DataOutputSerializer(64)))
        .hasMessage(message);
    bytes[0] = 0;
    assertThatThrownBy(() -> read(bytes)).hasMessage("Corrupted record: no version");
  }

  @Test
  void a_record_is_copied_without_being_read_and_what_follows_is_left() throws IOException {
    DataOutputSerializer source = new DataOutputSerializer(64);
    serializer.serialize(SIX, source);
    byte[] one = source.getCopyOfBuffer();
    IntSerializer.INSTANCE.serialize(42, source);
    DataInputDeserializer in = new DataInputDeserializer(source.getCopyOfBuffer());
    DataOutputSerializer target = new DataOutputSerializer(64);
    serializer.copy(in, target);
    assertThat(target.getCopyOfBuffer()).isEqualTo(one);
    assertThat(in.readInt()).isEqualTo(42);
  }

  @Test
  void duplicates_share_no_buffer_and_the_serializer_travels_without_one() throws Exception {
    serializer.serialize(SIX, new DataOutputSerializer(64));
    byte[] shipped = InstantiationUtil.serializeObject(serializer);
    assertThat(shipped.length).isLessThan(200);
    PanelSerializer arrived =
        InstantiationUtil.deserializeObject(shipped, PanelSerializer.class.getClassLoader());
    assertThat(arrived.deserialize(new DataInputDeserializer(write(SIX)))).isEqualTo(SIX);
    assertThat(serializer.duplicate()).isNotSameAs(serializer).isEqualTo(serializer);
    assertThat(serializer.copy(SIX)).isSameAs(SIX);
  }

  private byte[] write(Panel panel) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(panel, out);
    return out.getCopyOfBuffer();
  }

  private Panel read(byte[] bytes) throws IOException {
    return serializer.deserialize(new DataInputDeserializer(bytes));
  }
}
