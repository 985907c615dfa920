// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

/** Events of all kinds share a stream, without Kryo and without copies. */
class ChartEventTest {
  private static final List<ChartEvent> EVENTS =
      List.of(
          Bedside.panel(0, Bedside.hr(60)),
          StayTest.movement(Movement.Kind.ADMIT, 1, "e1"),
          new Control(
              Control.Kind.SUSPEND,
              null,
              "f",
              "w",
              null,
              Double.NaN,
              "nurse",
              null,
              Bedside.minute(0),
              Bedside.minute(30),
              null,
              null));

  private static TypeSerializer<ChartEvent> serializer() {
    SerializerConfigImpl config = new SerializerConfigImpl();
    config.setGenericTypes(false);
    return TypeInformation.of(ChartEvent.class).createSerializer(config);
  }

  @Test
  void eachKindComesBackAsItWas() throws IOException {
    TypeSerializer<ChartEvent> serializer = serializer();
    for (ChartEvent event : EVENTS) {
      DataOutputSerializer out = new DataOutputSerializer(64);
      serializer.serialize(event, out);
      DataOutputSerializer copied = new DataOutputSerializer(64);
      serializer.copy(new DataInputDeserializer(out.getCopyOfBuffer()), copied);
      assertThat(serializer.deserialize(new DataInputDeserializer(copied.getCopyOfBuffer())))
          .isEqualTo(event);
      assertThat(serializer.copy(event)).isSameAs(event);
    }
  }

  @Test
  void aSavepointTellsHowToReadThem() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    TypeSerializerSnapshot.writeVersionedSnapshot(out, serializer().snapshotConfiguration());
    TypeSerializerSnapshot<ChartEvent> restored =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(out.getCopyOfBuffer()), getClass().getClassLoader());
    assertThat(restored.restoreSerializer()).isEqualTo(serializer());
    assertThat(
            serializer()
                .snapshotConfiguration()
                .resolveSchemaCompatibility(restored)
                .isCompatibleAsIs())
        .isTrue();
  }
}
