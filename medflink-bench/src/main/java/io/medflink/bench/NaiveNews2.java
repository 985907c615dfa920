// SPDX-License-Identifier: Apache-2.0
package io.medflink.bench;

import io.medflink.core.Observation;
import io.medflink.core.Vital;
import java.util.Objects;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * NEWS2 as one writes it by hand in Flink: a record for each value, the latest of each code in a
 * MapState, the score anew on each event by {@link IfElseNews2}. It knows no moments, no order, no
 * corrections, no doubtful values and no intervals.
 */
final class NaiveNews2 extends KeyedProcessFunction<String, NaiveNews2.Value, NaiveNews2.Score> {
  private static final long serialVersionUID = 1;
  private static final double ADULT = 50;

  private transient @Nullable MapState<String, Double> latest;

  /** One value of a patient; a coded one by its position. */
  public static final class Value {
    public String patientId = "";
    public long time;
    public String code = "";
    public double value;

    /** For Flink. */
    public Value() {}

    static Value of(String patientId, long time, Observation observation) {
      Value value = new Value();
      value.patientId = patientId;
      value.time = time;
      value.code = Objects.requireNonNull(observation.code());
      value.value =
          observation.text() == null
              ? observation.value()
              : Vital.CONSCIOUSNESS.codes().indexOf(observation.text());
      return value;
    }
  }

  /** A patient's score at a time. */
  public static final class Score {
    public String patientId = "";
    public long time;
    public int score;
    public int level;

    /** For Flink. */
    public Score() {}
  }

  @Override
  public void open(OpenContext context) {
    latest =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("latest", Types.STRING, Types.DOUBLE));
  }

  @Override
  public void processElement(Value value, Context context, Collector<Score> out) throws Exception {
    MapState<String, Double> known = Objects.requireNonNull(latest);
    known.put(value.code, value.value);
    Double rr = known.get(Vital.RESPIRATORY_RATE.loinc());
    Double spo2 = known.get(Vital.OXYGEN_SATURATION.loinc());
    Double flow = known.get(Vital.OXYGEN_FLOW.loinc());
    Double sbp = known.get(Vital.SYSTOLIC_PRESSURE.loinc());
    Double hr = known.get(Vital.HEART_RATE.loinc());
    Double mind = known.get(Vital.CONSCIOUSNESS.loinc());
    Double temp = known.get(Vital.BODY_TEMPERATURE.loinc());
    if (rr == null
        || spo2 == null
        || flow == null
        || sbp == null
        || hr == null
        || mind == null
        || temp == null) {
      return;
    }
    int result = IfElseNews2.assess(rr, spo2, flow > 0, sbp, hr, mind, temp, false, true, ADULT);
    Score score = new Score();
    score.patientId = value.patientId;
    score.time = value.time;
    score.score = result & ((1 << IfElseNews2.LEVEL) - 1);
    score.level = result >> IfElseNews2.LEVEL;
    out.collect(score);
  }
}
