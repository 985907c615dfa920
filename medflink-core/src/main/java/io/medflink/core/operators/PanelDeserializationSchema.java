// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.Decoder;
import io.medflink.core.Message;
import io.medflink.core.Panel;
import io.medflink.core.RejectCode;
import io.medflink.core.Rejected;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Decodes in the source, so that watermarks are kept per partition: any {@link Decoder} as a Flink
 * format.
 *
 * <p>A schema has neither side output nor state. Movements are left out and counted as ignored.
 * What can't be decoded is left out and counted (metrics {@code medflink.decode.used}, {@code
 * medflink.decode.rejected} and {@code medflink.decode.code.<CODE>.rejected} since the task began);
 * where each reject must be kept, or the count must survive restarts, read {@link Message}s and use
 * {@link Decode}. A bad message never fails the job.
 */
public final class PanelDeserializationSchema implements MessageDeserializationSchema<Panel> {
  private static final long serialVersionUID = 1;

  /** Where a panel's {@code received} comes from. */
  public enum Received {
    /** As the message says, if it does: for archives. */
    AS_SENT,
    /** The moment of decoding, where neither message nor source says: for live feeds. */
    NOW
  }

  private final Decoding decoding;
  private final Received received;
  private final Ignored ignored = new Ignored();
  private transient @Nullable Counter used;
  private transient @Nullable Counter rejected;
  private transient @Nullable EnumMap<RejectCode, Counter> byCode;

  /** A decoder, and where the moment of receipt comes from. */
  public PanelDeserializationSchema(Decoder decoder, Received received) {
    this.decoding = new Decoding(decoder, null);
    this.received = received;
  }

  @Override
  public void open(InitializationContext context) {
    MetricGroup group = context.getMetricGroup().addGroup("medflink").addGroup("decode");
    ignored.open(group);
    used = group.counter("used");
    rejected = group.counter("rejected");
    byCode = new EnumMap<>(RejectCode.class);
    for (RejectCode code : RejectCode.values()) {
      byCode.put(code, group.addGroup("code", code.name()).counter("rejected"));
    }
  }

  @Override
  public void deserialize(byte @Nullable [] bytes, Collector<Panel> out) {
    if (bytes == null) {
      return; // a tombstone of Kafka: no message
    }
    Instant now = received == Received.NOW ? Clock.systemUTC().instant() : null;
    read(new Message(bytes, null, now), out);
  }

  @Override
  public void read(Message message, Collector<Panel> out) {
    decoding.decode(
        message,
        Decoder.Out.of(
            panel -> {
              if (used != null) {
                used.inc(panel.observations().length);
              }
              out.collect(panel);
            },
            movement -> ignored.count("movement"),
            ignored::count,
            this::count));
  }

  private void count(Rejected reject) {
    if (rejected != null && byCode != null) {
      rejected.inc();
      Counter counter = byCode.get(reject.code());
      if (counter != null) {
        counter.inc();
      }
    }
  }

  /** Not supported: a message is any number of panels. Flink's sources use the other method. */
  @Override
  public Panel deserialize(byte[] message) {
    throw new UnsupportedOperationException("a message is any number of panels");
  }

  @Override
  public boolean isEndOfStream(Panel next) {
    return false;
  }

  @Override
  public TypeInformation<Panel> getProducedType() {
    return TypeInformation.of(Panel.class);
  }
}
