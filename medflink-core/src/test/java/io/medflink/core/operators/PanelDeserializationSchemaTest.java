// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.core.BadInputException;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import io.medflink.core.RejectCode;
import io.medflink.core.Vital;
import io.medflink.core.operators.PanelDeserializationSchema.Received;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.SimpleCounter;
import org.apache.flink.metrics.groups.UnregisteredMetricsGroup;
import org.apache.flink.util.SimpleUserCodeClassLoader;
import org.apache.flink.util.UserCodeClassLoader;
import org.junit.jupiter.api.Test;

final class PanelDeserializationSchemaTest {

  @Test
  void countsWhatItReadAndWhatItLeftOutByItsCode() {
    PanelDeserializationSchema schema =
        new PanelDeserializationSchema(
            (message, out) -> {
              if (message.payload().length == 0) {
                throw new BadInputException(RejectCode.NO_TIME, "time");
              }
              out.panel(
                  Panel.of(
                      "hospital|1",
                      Instant.EPOCH,
                      Observation.of(Vital.HEART_RATE, 70),
                      Observation.of(Vital.BODY_TEMPERATURE, 37)));
            },
            Received.AS_SENT);
    Map<String, Counter> counters = new HashMap<>();
    schema.open(
        new DeserializationSchema.InitializationContext() {
          @Override
          public MetricGroup getMetricGroup() {
            return new Named("", counters);
          }

          @Override
          public UserCodeClassLoader getUserCodeClassLoader() {
            return SimpleUserCodeClassLoader.create(getClass().getClassLoader());
          }
        });
    List<Panel> panels = new ArrayList<>();

    schema.deserialize(new byte[1], new ListCollector<>(panels));
    schema.deserialize(new byte[0], new ListCollector<>(panels));
    schema.deserialize(null, new ListCollector<>(panels));

    assertThat(panels).hasSize(1);
    counters.values().removeIf(counter -> counter.getCount() == 0);
    assertThat(counters).hasSize(3);
    assertThat(counters.get(".medflink.decode.used").getCount()).isEqualTo(2);
    assertThat(counters.get(".medflink.decode.rejected").getCount()).isEqualTo(1);
    assertThat(counters.get(".medflink.decode.code.NO_TIME.rejected").getCount()).isEqualTo(1);
  }

  /** Counters by their full names. */
  private static final class Named extends UnregisteredMetricsGroup {
    private final String scope;
    private final Map<String, Counter> counters;

    Named(String scope, Map<String, Counter> counters) {
      this.scope = scope;
      this.counters = counters;
    }

    @Override
    public Counter counter(String name) {
      return counters.computeIfAbsent(scope + "." + name, key -> new SimpleCounter());
    }

    @Override
    public MetricGroup addGroup(String name) {
      return new Named(scope + "." + name, counters);
    }

    @Override
    public MetricGroup addGroup(String key, String value) {
      return addGroup(key).addGroup(value);
    }
  }
}
