// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.RejectCode;
import io.medflink.core.operators.Books.Entry;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.CheckpointListener;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;

/** Uses odd numbers and rejects even ones. */
final class Counting extends ProcessFunction<Long, Long>
    implements CheckpointedFunction, CheckpointListener {
  private static final long serialVersionUID = 1;

  /** When set, the next completed checkpoint is followed by one failure. */
  static final AtomicBoolean FAILS = new AtomicBoolean();

  final Books books = new Books("counting");

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    books.initializeState(context);
  }

  @Override
  public void open(OpenContext context) {
    books.open(getRuntimeContext());
  }

  @Override
  public void processElement(Long element, Context context, Collector<Long> out) {
    books.add(Entry.IN, 1);
    if (element % 2 == 0) {
      books.reject(RejectCode.NO_VALUE);
    } else {
      books.add(Entry.USED, 1);
      out.collect(element);
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    books.snapshotState();
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) {
    if (FAILS.compareAndSet(true, false)) {
      throw new IllegalStateException("on purpose");
    }
  }
}
