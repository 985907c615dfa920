// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medflink.core.RejectCode;
import io.medflink.core.operators.Books.Entry;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

final class BooksTest {
  private static final int MAX_PARALLELISM = 8;

  @Test
  void everyEntryIsCountedApart() {
    Books books = new Books("clean");
    books.add(Entry.IN, 7);
    books.add(Entry.USED, 1);
    books.add(Entry.UNUSED, 1);
    books.add(Entry.LATE, 1);
    books.add(Entry.DUPLICATE, 1);
    books.add(Entry.ASSESSMENTS, 5);
    books.add(Entry.AMENDED, 2);
    books.reject(RejectCode.WRONG_UNIT);
    books.reject(RejectCode.WRONG_UNIT);
    assertThat(books.balanced()).isFalse();
    books.reject(RejectCode.NO_VALUE);
    assertThat(books.balanced()).isTrue();
    assertThat(books.get(Entry.REJECTED)).isEqualTo(3);
    assertThat(books.get(Entry.AMENDED)).isEqualTo(2);
    assertThat(books.rejected(RejectCode.WRONG_UNIT)).isEqualTo(2);
    assertThat(books.rejected(RejectCode.NO_VALUE)).isEqualTo(1);
    assertThat(books.rejected(RejectCode.NO_TIME)).isZero();
  }

  @Test
  void aRejectWithoutItsCodeIsRefused() {
    assertThatThrownBy(() -> new Books("clean").add(Entry.REJECTED, 1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theyGoOnAfterARestore() throws Exception {
    Counting counting = new Counting();
    OperatorSubtaskState state = run(counting, null, 10).get(0);
    Counting restored = new Counting();
    run(restored, List.of(state), 5);
    assertThat(restored.books.get(Entry.IN)).isEqualTo(15);
    assertThat(restored.books.get(Entry.USED)).isEqualTo(7);
    assertThat(restored.books.rejected(RejectCode.NO_VALUE)).isEqualTo(8);
    assertThat(restored.books.balanced()).isTrue();
  }

  @Test
  void theirSumStaysWhenTheParallelismChanges() throws Exception {
    OperatorSubtaskState one = run(new Counting(), null, 11).get(0);
    Counting[] two = {new Counting(), new Counting()};
    List<OperatorSubtaskState> parts = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      parts.add(
          run(
              two[i],
              AbstractStreamOperatorTestHarness.repartitionOperatorState(
                  one, MAX_PARALLELISM, 1, 2, i),
              2,
              i,
              4));
    }
    assertThat(two[0].books.get(Entry.IN) + two[1].books.get(Entry.IN)).isEqualTo(19);
    OperatorSubtaskState both =
        AbstractStreamOperatorTestHarness.repackageState(
            parts.toArray(new OperatorSubtaskState[0]));
    Counting again = new Counting();
    run(
        again,
        AbstractStreamOperatorTestHarness.repartitionOperatorState(both, MAX_PARALLELISM, 2, 1, 0),
        1,
        0,
        1);
    assertThat(again.books.get(Entry.IN)).isEqualTo(20);
    assertThat(again.books.balanced()).isTrue();
  }

  private static List<OperatorSubtaskState> run(
      Counting function, List<OperatorSubtaskState> restored, int elements) throws Exception {
    return List.of(run(function, restored == null ? null : restored.get(0), 1, 0, elements));
  }

  @SuppressWarnings("try") // its close() throws Exception, and so InterruptedException
  private static OperatorSubtaskState run(
      Counting function, OperatorSubtaskState restored, int parallelism, int subtask, int elements)
      throws Exception {
    try (OneInputStreamOperatorTestHarness<Long, Long> harness =
        new OneInputStreamOperatorTestHarness<>(
            new ProcessOperator<>(function), MAX_PARALLELISM, parallelism, subtask)) {
      harness.setup();
      if (restored != null) {
        harness.initializeState(restored);
      }
      harness.open();
      for (long i = 0; i < elements; i++) {
        harness.processElement(i, 0);
      }
      return harness.snapshot(1, 1);
    }
  }
}
