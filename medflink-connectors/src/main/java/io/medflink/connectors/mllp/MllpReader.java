// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import io.medflink.core.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToLongFunction;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.IOUtils;

/**
 * Delivers the journals of its addresses in turn. What is in a checkpoint is how far; when it
 * completes, the journals are cleaned.
 */
final class MllpReader<T> implements SourceReader<T, MllpSplit> {
  private final SourceSettings settings;
  private final Emission<T> emission;
  private final Tally tally;
  private final List<Inbox> inboxes = new CopyOnWriteArrayList<>();
  private final NavigableMap<Long, Map<Inbox, Long>> checkpoints = new TreeMap<>();
  private volatile CompletableFuture<Void> available = new CompletableFuture<>();
  private int turn;

  MllpReader(SourceSettings settings, Emission<T> emission, SourceReaderContext context) {
    this.settings = settings;
    this.emission = emission;
    MetricGroup group = context.metricGroup().addGroup("medflink").addGroup("mllp");
    tally = new Tally(group);
    group.gauge("connections", sum(Inbox::connections));
    group.gauge("undelivered", sum(Inbox::undelivered));
    group.gauge("journalBytes", sum(Inbox::bytes));
  }

  private Gauge<Long> sum(ToLongFunction<Inbox> of) {
    return () -> inboxes.stream().mapToLong(of).sum();
  }

  @Override
  public void start() {}

  @Override
  public void addSplits(List<MllpSplit> splits) {
    for (MllpSplit split : splits) {
      try {
        inboxes.add(Inbox.open(split, settings, tally, this::wake));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    wake();
  }

  private void wake() {
    available.complete(null);
  }

  @Override
  public InputStatus pollNext(ReaderOutput<T> output) throws Exception {
    for (int i = 0; i < inboxes.size(); i++) {
      Inbox inbox = inboxes.get(turn++ % inboxes.size());
      Message message = inbox.read();
      if (message != null) {
        emission.emit(message, output.createOutputForSplit(inbox.address()));
        return InputStatus.MORE_AVAILABLE;
      }
    }
    available = new CompletableFuture<>();
    // What came before the new future was set has completed the old one.
    if (inboxes.stream().anyMatch(Inbox::hasNext)) {
      wake();
    }
    return InputStatus.NOTHING_AVAILABLE;
  }

  @Override
  public CompletableFuture<Void> isAvailable() {
    return available;
  }

  @Override
  public List<MllpSplit> snapshotState(long checkpointId) {
    Map<Inbox, Long> delivered = new HashMap<>();
    List<MllpSplit> splits = new ArrayList<>();
    for (Inbox inbox : inboxes) {
      MllpSplit split = inbox.split();
      delivered.put(inbox, split.next());
      splits.add(split);
    }
    checkpoints.put(checkpointId, delivered);
    return splits;
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    Map<Inbox, Long> delivered = checkpoints.get(checkpointId);
    if (delivered != null) {
      delivered.forEach(Inbox::release);
    }
    checkpoints.headMap(checkpointId, true).clear();
  }

  @Override
  public void notifyNoMoreSplits() {}

  @Override
  public void close() throws Exception {
    IOUtils.closeAll(inboxes);
  }
}
