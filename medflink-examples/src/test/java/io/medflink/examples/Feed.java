// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.util.Collector;

/** Hands on the numbers [from, to), one for each element at first, and then nothing any more. */
final class Feed implements FlatMapFunction<Long, Integer> {
  private static final long serialVersionUID = 1;

  private final int to;
  private int next;

  Feed(int from, int to) {
    this.next = from;
    this.to = to;
  }

  @Override
  public void flatMap(Long any, Collector<Integer> out) {
    if (next < to) {
      out.collect(next++);
    }
  }
}
