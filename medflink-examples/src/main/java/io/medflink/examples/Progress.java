// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.core.execution.JobClient;

/** Waits for a job, and shows on a terminal how much it has read. */
final class Progress {
  private static final long MEGABYTE = 1_000_000;

  private Progress() {}

  /**
   * The accumulators of a job when it has ended.
   *
   * @param bytes how much it is going to read
   */
  static Map<String, Object> until(JobClient job, long bytes) throws Exception {
    CompletableFuture<JobExecutionResult> end = job.getJobExecutionResult();
    if (!Terminal.isThere()) {
      return end.get().getAllAccumulatorResults();
    }
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("replay")
            .setInitialMax(bytes)
            .setUnit(" MB", MEGABYTE)
            .build()) {
      while (true) {
        try {
          return end.get(500, TimeUnit.MILLISECONDS).getAllAccumulatorResults();
        } catch (TimeoutException e) {
          read(job, bar);
        }
      }
    }
  }

  private static void read(JobClient job, ProgressBar bar) throws InterruptedException {
    try {
      if (job.getAccumulators().get().get(ReadMessages.BYTES) instanceof Long n) {
        bar.stepTo(n);
      }
    } catch (ExecutionException e) {
      // The job has just ended: the caller is told why.
    }
  }
}
