// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.Decoder;
import io.medflink.core.Message;
import io.medflink.core.Panel;
import io.medflink.core.Seal;
import io.medflink.core.operators.Books.Entry;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Decodes messages where dead letters are wanted: {@code messages.process(new
 * Decode(decoder)).uid("decode")}. What can't be decoded goes to {@link SideOutput#REJECTED} with
 * position and digest; a bad message never fails the job. Without dead letters {@link
 * PanelDeserializationSchema} decodes in the source, which keeps watermarks per partition.
 *
 * <p>Movements go to {@link SideOutput#MOVEMENTS}, decisions to {@link SideOutput#CONTROLS}. What
 * comes without a {@code received} gets that of its message. Keeps {@link Books} under {@code
 * decode}: in = used + rejected, in observations; a message without any counts for nothing. What is
 * of no interest is counted by its kind too (metric {@code medflink.decode.what.<KIND>.ignored},
 * since the task began).
 */
public final class Decode extends ProcessFunction<Message, Panel> implements CheckpointedFunction {
  private static final long serialVersionUID = 1;

  private final Decoding decoding;
  private final Books books = new Books("decode");
  private final Ignored ignored = new Ignored();

  /** Rejects carry no payload. */
  public Decode(Decoder decoder) {
    this(decoder, null);
  }

  /** Rejects carry the whole message as payload, sealed and bound to its digest in hex. */
  public Decode(Decoder decoder, @Nullable Seal seal) {
    decoding = new Decoding(decoder, seal);
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    books.initializeState(context);
  }

  @Override
  public void open(OpenContext context) {
    books.open(getRuntimeContext());
    ignored.open(getRuntimeContext().getMetricGroup().addGroup("medflink").addGroup("decode"));
  }

  @Override
  public void processElement(Message message, Context context, Collector<Panel> out) {
    decoding.decode(
        message,
        Decoder.Out.of(
            panel -> {
              books.add(Entry.IN, panel.observations().length);
              books.add(Entry.USED, panel.observations().length);
              out.collect(panel);
            },
            movement -> {
              books.add(Entry.MOVEMENTS, 1);
              context.output(SideOutput.MOVEMENTS, movement);
            },
            control -> {
              books.add(Entry.CONTROLS, 1);
              context.output(SideOutput.CONTROLS, control);
            },
            what -> {
              books.add(Entry.IGNORED, 1);
              ignored.count(what);
            },
            rejected -> {
              books.add(Entry.IN, 1);
              books.reject(rejected.code());
              context.output(SideOutput.REJECTED, rejected);
            }));
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    books.snapshotState();
  }
}
