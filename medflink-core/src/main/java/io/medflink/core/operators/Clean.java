// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.Cleaner;
import io.medflink.core.CodeMap;
import io.medflink.core.Panel;
import io.medflink.core.operators.Books.Entry;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Cleans panels as a {@link Cleaner} does: {@code panels.process(new Clean(codeMap)).uid("clean")}.
 * What can't be used goes to {@link SideOutput#REJECTED}, one element for each observation, and the
 * rest of its panel goes on.
 *
 * <p>Keeps {@link Books} under {@code clean}: in = used + rejected, in observations. Where
 * watermarks are made before this step, make them by {@link EventTime}, so that a time in the
 * future doesn't move them before it is rejected here.
 */
public final class Clean extends ProcessFunction<Panel, Panel> implements CheckpointedFunction {
  private static final long serialVersionUID = 1;

  private final Cleaner cleaner;
  private final Books books = new Books("clean");

  /** Cleans by a code map, with MedFlink's types and the default tolerance. */
  public Clean(CodeMap codeMap) {
    this(Cleaner.with(codeMap));
  }

  /** Cleans with types, tolerance and seal as set. */
  public Clean(Cleaner cleaner) {
    this.cleaner = cleaner;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    books.initializeState(context);
  }

  @Override
  public void open(OpenContext context) {
    books.open(getRuntimeContext());
  }

  @Override
  public void processElement(Panel panel, Context context, Collector<Panel> out) {
    books.add(Entry.IN, panel.countedObservations());
    cleaner.clean(
        panel,
        clean -> {
          books.add(Entry.USED, clean.countedObservations());
          out.collect(clean);
        },
        rejected -> {
          books.reject(rejected.code());
          context.output(SideOutput.REJECTED, rejected);
        });
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    books.snapshotState();
  }
}
