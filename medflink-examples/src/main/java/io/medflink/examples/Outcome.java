// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/** What a bounded job gave: its results in their order, and its accumulators. */
record Outcome<T>(List<T> results, Map<String, Object> counts) {

  /** Runs the job that ends in a stream. */
  @SuppressWarnings("try") // closing may be interrupted, which ends the command
  static <T> Outcome<T> of(String job, StreamExecutionEnvironment env, DataStream<T> stream)
      throws Exception {
    List<T> results = new ArrayList<>();
    try (CloseableIterator<T> iterator = stream.collectAsync()) {
      JobClient client = env.executeAsync(job);
      iterator.forEachRemaining(results::add);
      return new Outcome<>(
          results, client.getJobExecutionResult().get().getAllAccumulatorResults());
    }
  }
}
