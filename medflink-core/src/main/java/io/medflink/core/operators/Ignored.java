// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.jspecify.annotations.Nullable;

/** Counts what was of no interest by its kind. Senders can't make it grow without bounds. */
final class Ignored implements Serializable {
  private static final long serialVersionUID = 1;
  private static final int MOST_KINDS = 64;
  private static final int LONGEST = 32;

  private transient @Nullable MetricGroup group;
  private transient @Nullable Map<String, Counter> counters;

  void open(MetricGroup newGroup) {
    group = newGroup;
    counters = new HashMap<>();
  }

  void count(String what) {
    if (group == null || counters == null) {
      return;
    }
    boolean isNamed =
        what.length() <= LONGEST
            && (counters.containsKey(what) || counters.size() < MOST_KINDS)
            && what.chars().allMatch(c -> Character.isLetterOrDigit(c) || c == '^' || c == '-');
    MetricGroup parent = group;
    counters
        .computeIfAbsent(
            isNamed ? what : "other", kind -> parent.addGroup("what", kind).counter("ignored"))
        .inc();
  }
}
