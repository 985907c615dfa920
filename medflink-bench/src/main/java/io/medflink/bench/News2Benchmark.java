// SPDX-License-Identifier: Apache-2.0
package io.medflink.bench;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Input;
import io.medflink.core.Output;
import io.medflink.core.RiskModel;
import io.medflink.models.News2;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Does a score whose tables are data cost more than one written in if and else? Over 131,072 rows,
 * so that no branch predictor learns them by heart: {@code java -jar
 * medflink-bench/target/benchmarks.jar News2Benchmark -prof gc}.
 *
 * <p>Both read the same arrays; {@code news2} also fills its chart from them and reads its answer.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class News2Benchmark {
  static final int ROWS = 131_072;

  private final Vitals vitals = new Vitals(ROWS, 1);
  private final RiskModel model = new News2();
  private final Chart chart = new Chart(model);
  private final Answer answer = new Answer(model);
  private final Output score = model.card().outputs().get(0);
  private final Input rr = input("rr");
  private final Input spo2 = input("spo2");
  private final Input onOxygen = input("on_o2");
  private final Input sbp = input("sbp");
  private final Input hr = input("hr");
  private final Input acvpu = input("acvpu");
  private final Input temp = input("temp_c");
  private final Input scale = input("spo2_scale");
  private final Input confusion = input("confusion_is_new");
  private final Input age = input("age");

  private Input input(String name) {
    return model.card().inputs().stream()
        .filter(i -> i.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** The hand-written chain. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long ifElse() {
    long sum = 0;
    for (int i = 0; i < ROWS; i++) {
      sum += ifElse(i);
    }
    return sum;
  }

  /** The model of tables. */
  @Benchmark
  @OperationsPerInvocation(ROWS)
  public long news2() {
    long sum = 0;
    for (int i = 0; i < ROWS; i++) {
      sum += news2(i);
    }
    return sum;
  }

  int ifElse(int row) {
    Vitals v = vitals;
    return IfElseNews2.assess(
        v.respiration[row],
        v.saturation[row],
        v.oxygen[row] == 1,
        v.pressure[row],
        v.pulse[row],
        v.mind[row],
        v.temperature[row],
        v.scale[row] == 1,
        true,
        v.age[row]);
  }

  int news2(int row) {
    Vitals v = vitals;
    chart.set(rr, v.respiration[row]);
    chart.set(spo2, v.saturation[row]);
    chart.set(onOxygen, v.oxygen[row]);
    chart.set(sbp, v.pressure[row]);
    chart.set(hr, v.pulse[row]);
    chart.set(acvpu, v.mind[row]);
    chart.set(temp, v.temperature[row]);
    chart.set(scale, v.scale[row]);
    chart.set(confusion, 1);
    chart.set(age, v.age[row]);
    answer.clear();
    model.assess(chart, answer);
    if (!answer.applicable()) {
      return IfElseNews2.NOT_APPLICABLE;
    }
    return (int) answer.value(score) | (answer.level().ordinal() - 1) << IfElseNews2.LEVEL;
  }
}
