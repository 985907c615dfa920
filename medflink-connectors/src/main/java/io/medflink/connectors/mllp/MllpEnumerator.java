// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.jspecify.annotations.Nullable;

/** Gives each address to one reader, in turn. */
final class MllpEnumerator implements SplitEnumerator<MllpSplit, Assigned> {
  private final SplitEnumeratorContext<MllpSplit> context;
  private final List<String> known = new ArrayList<>();
  private final List<MllpSplit> waiting = new ArrayList<>();

  MllpEnumerator(
      SplitEnumeratorContext<MllpSplit> context,
      List<Address> addresses,
      @Nullable Assigned restored) {
    this.context = context;
    if (restored != null) {
      known.addAll(restored.known());
      waiting.addAll(restored.waiting());
    }
    for (Address address : addresses) {
      if (!known.contains(address.toString())) {
        known.add(address.toString());
        waiting.add(MllpSplit.fresh(address));
      }
    }
  }

  @Override
  public void start() {}

  @Override
  public void handleSplitRequest(int subtask, @Nullable String host) {}

  @Override
  public void addReader(int subtask) {
    assign();
  }

  @Override
  public void addSplitsBack(List<MllpSplit> splits, int subtask) {
    waiting.addAll(splits);
    assign();
  }

  private void assign() {
    for (Iterator<MllpSplit> splits = waiting.iterator(); splits.hasNext(); ) {
      MllpSplit split = splits.next();
      int owner = known.indexOf(split.address()) % context.currentParallelism();
      if (context.registeredReaders().containsKey(owner)) {
        context.assignSplit(split, owner);
        splits.remove();
      }
    }
  }

  @Override
  public Assigned snapshotState(long checkpointId) {
    return new Assigned(List.copyOf(known), List.copyOf(waiting));
  }

  @Override
  public void close() {}
}
