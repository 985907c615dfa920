// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.connector.base.sink.writer.Batch;
import org.apache.flink.connector.base.sink.writer.BatchCreator;
import org.apache.flink.connector.base.sink.writer.RequestBuffer;
import org.apache.flink.connector.base.sink.writer.RequestEntryWrapper;
import org.apache.flink.connector.base.sink.writer.strategy.RequestInfo;
import org.apache.flink.metrics.Counter;

/**
 * What waits to be sent: each resource once, the newest of it, where the first stood. Servers lose
 * one of two conditional updates of one resource in a transaction without a word.
 */
final class FhirBuffer implements RequestBuffer<FhirUpdate>, BatchCreator<FhirUpdate> {
  private final Map<String, RequestEntryWrapper<FhirUpdate>> waiting = new LinkedHashMap<>();
  private final long maxBytes;
  private final Counter replaced;
  private long bytes;

  FhirBuffer(long maxBytes, Counter replaced) {
    this.maxBytes = maxBytes;
    this.replaced = replaced;
  }

  @Override
  public void add(RequestEntryWrapper<FhirUpdate> entry, boolean prioritize) {
    if (prioritize) {
      throw new IllegalStateException("the client itself sends again what failed");
    }
    var before = waiting.put(entry.getRequestEntry().identity(), entry);
    bytes += entry.getSize();
    if (before != null) {
      bytes -= before.getSize();
      replaced.inc();
    }
  }

  @Override
  @SuppressWarnings("NullAway") // as the interface says: null where nothing waits
  public RequestEntryWrapper<FhirUpdate> poll() {
    RequestEntryWrapper<FhirUpdate> first = peek();
    if (first != null) {
      waiting.remove(first.getRequestEntry().identity());
      bytes -= first.getSize();
    }
    return first;
  }

  @Override
  @SuppressWarnings("NullAway") // as the interface says: null where nothing waits
  public RequestEntryWrapper<FhirUpdate> peek() {
    return waiting.isEmpty() ? null : waiting.values().iterator().next();
  }

  @Override
  public boolean isEmpty() {
    return waiting.isEmpty();
  }

  @Override
  public int size() {
    return waiting.size();
  }

  @Override
  public Collection<RequestEntryWrapper<FhirUpdate>> getBufferedState() {
    return new ArrayList<>(waiting.values());
  }

  @Override
  public long totalSizeInBytes() {
    return bytes;
  }

  @Override
  public Batch<FhirUpdate> createNextBatch(RequestInfo request, RequestBuffer<FhirUpdate> buffer) {
    List<FhirUpdate> batch = new ArrayList<>(request.getBatchSize());
    long size = 0;
    for (var next = peek();
        next != null
            && batch.size() < request.getBatchSize()
            && (batch.isEmpty() || size + next.getSize() <= maxBytes);
        next = peek()) {
      size += next.getSize();
      batch.add(poll().getRequestEntry());
    }
    return new Batch<>(batch, size);
  }
}
