// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medflink.core.Alert;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

class WatchFeedsTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  private static Panel panel(String feed) {
    return new Panel(
        "mrn|1", null, null, null, null, NOON, null, NOON, feed, new String[0], new Observation[0]);
  }

  @Test
  void eachFeedIsLostAfterItsOwnSilence() throws Exception {
    WatchFeeds watch =
        WatchFeeds.after(Duration.ofMinutes(10), Duration.ZERO)
            .withSilence(Map.of("slow", Duration.ofMinutes(60)));
    try (var harness =
        new KeyedOneInputStreamOperatorTestHarness<String, Panel, Alert>(
            new KeyedProcessOperator<>(watch), Panel::feed, Types.STRING)) {
      harness.open();
      harness.processElement(panel("slow"), NOON.toEpochMilli());
      harness.processElement(panel("fast"), NOON.toEpochMilli());
      harness.processWatermark(NOON.plusSeconds(1_800).toEpochMilli());
      assertThat(feeds(harness.extractOutputValues())).containsExactly("fast FEED_LOST");
      harness.processWatermark(NOON.plusSeconds(5_400).toEpochMilli());
      assertThat(feeds(harness.extractOutputValues()))
          .containsExactly("fast FEED_LOST", "slow FEED_LOST");
    }
  }

  private static List<String> feeds(List<Alert> alerts) {
    return alerts.stream().map(a -> a.feed() + " " + a.event()).toList();
  }

  @Test
  void noSilenceIsNone() {
    WatchFeeds watch = WatchFeeds.after(Duration.ofMinutes(10), Duration.ZERO);
    assertThatThrownBy(() -> watch.withSilence(Map.of("slow", Duration.ZERO)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
