// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.core.Alert;
import io.medflink.core.AlertEvent;
import io.medflink.core.AlertOptions;
import io.medflink.core.AlertRule;
import io.medflink.core.ExpectedSignal;
import io.medflink.core.RiskLevel;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** All sources stop: nothing arrives any more, and no watermark. */
final class LiveSignalITCase {
  private static final Duration INTERVAL = Duration.ofSeconds(3);

  @RegisterExtension static final MiniClusterExtension CLUSTER = new MiniClusterExtension();

  @Test
  void whenEverySourceStopsSilenceIsToldWithinItsIntervalAndTenSeconds() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    env.setParallelism(1);
    AlertOptions options =
        AlertOptions.of(
            AlertRule.of("news2").withExpected(ExpectedSignal.device(null, null, INTERVAL)));
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      DataStream<AlertEvent> events =
          env.socketTextStream(
                  InetAddress.getLoopbackAddress().getHostAddress(), server.getLocalPort())
              .map(new Assessed());
      DataStream<Alert> alerts =
          events
              .keyBy(AlertEvent::patientId)
              .connect(events.filter(AlertEvent::isForAll).broadcast(RaiseAlerts.FOR_ALL))
              .process(RaiseAlerts.with(options).live(Duration.ofSeconds(1)));
      try (var results = alerts.executeAndCollect();
          Socket source = server.accept()) {
        source.getOutputStream().write("now\n".getBytes(StandardCharsets.UTF_8));
        Alert alert = results.next();
        Instant told = Instant.now();
        assertThat(alert.event()).isEqualTo(Alert.Event.SIGNAL_LOST);
        assertThat(alert.time()).isEqualTo(alert.onset().plus(INTERVAL));
        assertThat(Duration.between(alert.time(), told)).isLessThan(Duration.ofSeconds(10));
      }
    }
  }

  private static final class Assessed implements MapFunction<String, AlertEvent> {
    private static final long serialVersionUID = 1;

    @Override
    public AlertEvent map(String line) {
      double now = (System.currentTimeMillis() - AlertWard.NOON.toEpochMilli()) / 60_000.0;
      return AlertEvent.of(AlertWard.assessment(1, now, RiskLevel.LOW, now));
    }
  }
}
