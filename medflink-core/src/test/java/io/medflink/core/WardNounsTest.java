// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

final class WardNounsTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void aCensusCrossesFlinkWithoutKryoAndKeepsWhatIsUnknown() throws IOException {
    Census census =
        new Census(
            "F", "W", NOON, 14, 10, null, 0, null, -1, null, 2, null, null, 3, Double.valueOf(4.5));

    assertThat(trip(Census.class, census)).isEqualTo(census);
  }

  @Test
  void anAdviceCrossesFlinkWithoutKryo() throws IOException {
    CapacityAdvice advice =
        new CapacityAdvice(
            "F",
            "W",
            "m",
            "1",
            NOON,
            new CapacityAdvice.Figure[] {
              new CapacityAdvice.Figure("a", 1.5), new CapacityAdvice.Figure("b", Double.NaN)
            },
            null,
            "x",
            null);

    CapacityAdvice back = trip(CapacityAdvice.class, advice);

    assertThat(back).isEqualTo(advice).hasSameHashCodeAs(advice);
    assertThat(back.figure("a")).isEqualTo(1.5);
    assertThat(back.figure("b")).isNaN();
    assertThat(back.figure("c")).isNaN();
  }

  private static <T> T trip(Class<T> type, T value) throws IOException {
    TypeInformation<T> info = TypeInformation.of(type);
    assertThat(info).isInstanceOf(PojoTypeInfo.class);
    Configuration noKryo = new Configuration();
    noKryo.set(PipelineOptions.GENERIC_TYPES, false);
    TypeSerializer<T> serializer = info.createSerializer(new SerializerConfigImpl(noKryo));
    DataOutputSerializer out = new DataOutputSerializer(64);
    serializer.serialize(value, out);
    return serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
  }
}
