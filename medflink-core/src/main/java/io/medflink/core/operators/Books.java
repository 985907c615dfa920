// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.RejectCode;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.jspecify.annotations.Nullable;

/**
 * What became of every observation at one operator: in = used + unused + rejected + late +
 * duplicate, exactly, across restarts too. An undecodable message counts as one observation.
 *
 * <p>The counts are operator state ({@code books-<operator>}): a job restored from a checkpoint or
 * savepoint goes on counting, and with another parallelism the subtasks' counts are dealt out again
 * so that their sum stays. They are shown
 *
 * <ul>
 *   <li>as gauges {@code medflink.<operator>.<entry>}, and the rejected by code as {@code
 *       medflink.<operator>.code.<CODE>.rejected} (a label {@code code} in Prometheus);
 *   <li>as accumulators of the job's result {@code medflink.<operator>.<entry>} and {@code
 *       medflink.<operator>.rejected.<CODE>}, summed over subtasks and over operators of one name.
 * </ul>
 *
 * <p>A function keeps its books as a field and calls {@link #initializeState}, {@link #open} and
 * {@link #snapshotState} from its own methods of that name. Used by the task's thread alone.
 */
public final class Books implements Serializable {
  private static final long serialVersionUID = 1;

  /** The entries. Their names stand in state, metrics and accumulators. */
  public enum Entry {
    /** What came in. */
    IN,
    /** Passed on or assessed. */
    USED,
    /** Fine, but nothing here looks at it. */
    UNUSED,
    /** Sent to {@link SideOutput#REJECTED}. */
    REJECTED,
    /** Came after its moment was closed. */
    LATE,
    /** Known already. */
    DUPLICATE,
    /** Assessments given out; not part of the sum. */
    ASSESSMENTS,
    /** Those of them that amend an earlier one; not part of the sum. */
    AMENDED,
    /** Movements passed on; not part of the sum. */
    MOVEMENTS,
    /** Messages and resources of no interest; not part of the sum. */
    IGNORED,
    /** Alerts given out, of every event; not part of the sum. */
    ALERTS,
    /** Those of them that were held back; not part of the sum. */
    SUPPRESSED,
    /** Those of them that were old news; not part of the sum. */
    HISTORICAL,
    /** Told again under another key after a merge; not part of the sum. */
    HANDED_OVER,
    /** Decisions passed on; not part of the sum. */
    CONTROLS;

    /** The entry in metrics, accumulators and state. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Entry[] ENTRIES = Entry.values();
  private static final RejectCode[] CODES = RejectCode.values();

  private final String operator;
  private final long[] counts = new long[ENTRIES.length + CODES.length];
  private transient LongCounter @Nullable [] totals;
  private transient @Nullable ListState<Map<String, Long>> state;

  /**
   * Empty books.
   *
   * @param operator the verb in lower case, such as {@code clean}; part of every name
   */
  public Books(String operator) {
    this.operator = operator;
  }

  /** Takes over what was counted before a restart. */
  public void initializeState(FunctionInitializationContext context) throws Exception {
    ListState<Map<String, Long>> restored =
        context
            .getOperatorStateStore()
            .getListState(
                new ListStateDescriptor<>(
                    "books-" + operator, Types.MAP(Types.STRING, Types.LONG)));
    for (Map<String, Long> part : restored.get()) {
      for (int i = 0; i < counts.length; i++) {
        counts[i] += part.getOrDefault(key(i), 0L);
      }
    }
    state = restored;
  }

  /** Shows the counts as metrics and accumulators. */
  public void open(RuntimeContext context) {
    MetricGroup group = context.getMetricGroup().addGroup("medflink").addGroup(operator);
    LongCounter[] accumulators = new LongCounter[counts.length];
    for (int i = 0; i < counts.length; i++) {
      int slot = i;
      Gauge<Long> gauge = () -> counts[slot];
      if (i < ENTRIES.length) {
        group.gauge(key(i), gauge);
      } else {
        group.addGroup("code", CODES[i - ENTRIES.length].name()).gauge("rejected", gauge);
      }
      accumulators[i] = context.getLongCounter("medflink." + operator + "." + key(i));
      accumulators[i].add(counts[i]);
    }
    totals = accumulators;
  }

  /** Writes the counts into the checkpoint. */
  public void snapshotState() throws Exception {
    if (state == null) {
      throw new IllegalStateException("initializeState comes before snapshotState");
    }
    Map<String, Long> part = new HashMap<>();
    for (int i = 0; i < counts.length; i++) {
      part.put(key(i), counts[i]);
    }
    state.update(List.of(part));
  }

  /** Counts n observations; {@link Entry#REJECTED} is counted by {@link #reject}. */
  public void add(Entry entry, long n) {
    if (entry == Entry.REJECTED) {
      throw new IllegalArgumentException("a reject is counted with its code");
    }
    count(entry.ordinal(), n);
  }

  /** Counts one observation or undecodable message as rejected, in all and by code. */
  public void reject(RejectCode code) {
    count(Entry.REJECTED.ordinal(), 1);
    count(ENTRIES.length + code.ordinal(), 1);
  }

  /** This subtask's count since the job first began. */
  public long get(Entry entry) {
    return counts[entry.ordinal()];
  }

  /** This subtask's rejects of a code since the job first began. */
  public long rejected(RejectCode code) {
    return counts[ENTRIES.length + code.ordinal()];
  }

  /** Whether in = used + unused + rejected + late + duplicate. */
  public boolean balanced() {
    return get(Entry.IN)
        == get(Entry.USED)
            + get(Entry.UNUSED)
            + get(Entry.REJECTED)
            + get(Entry.LATE)
            + get(Entry.DUPLICATE);
  }

  private void count(int slot, long n) {
    counts[slot] += n;
    if (totals != null) {
      totals[slot].add(n);
    }
  }

  private static String key(int slot) {
    return slot < ENTRIES.length
        ? ENTRIES[slot].key()
        : Entry.REJECTED.key() + "." + CODES[slot - ENTRIES.length];
  }
}
