// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import io.medflink.core.Derived;
import io.medflink.core.Interval;
import io.medflink.core.Lab;
import io.medflink.core.ObservationType;
import io.medflink.core.Output;
import io.medflink.core.Questionnaire;
import io.medflink.core.Range;
import io.medflink.core.RiskLevel;
import io.medflink.core.RiskModel;
import io.medflink.core.Vital;
import io.medflink.core.units.Conversion;
import io.medflink.core.units.Units;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What age, fasting glucose and diastolic pressure alone say of a person's risk of type 2 diabetes.
 * No published model takes just these three, so the published one that fits is asked for its exact
 * interval over all that is unknown:
 *
 * <ul>
 *   <li>a fasting glucose of 126 mg/dL (7.0 mmol/L) and over is the diagnostic range (American
 *       Diabetes Association, Standards of Care, section 2) at every age: level HIGH, the reason,
 *       no figure and no model, since there is nothing left to predict;
 *   <li>from 45 to 64 years, or at an unknown age, {@link FraminghamDiabetes2007}: the probability
 *       within 8 years. A diastolic pressure over 85 mm[Hg] counts; a lower one doesn't tell that
 *       the systolic one is low too or that nobody treats it, so these stay unknown;
 *   <li>at other ages {@link AdaRiskTest}, which has no upper age: its points, 0 to 10. It asks
 *       whether there is hypertension; one diastolic value is no diagnosis, so that stays unknown.
 * </ul>
 *
 * <p>An unknown value is named in {@code missing}; an impossible one and a unit that can't be
 * converted are answered by the reason, without any figure. Nothing is guessed, nothing throws. One
 * object serves one thread.
 */
public final class DiabetesRisk {
  private static final RiskModel WILSON = new FraminghamDiabetes2007();
  private static final RiskModel ADA = new AdaRiskTest();
  private static final double DIAGNOSTIC = 126;

  private final Questionnaire wilson = new Questionnaire(WILSON);
  private final Questionnaire ada = new Questionnaire(ADA);

  /**
   * The answer.
   *
   * @param model the id of the model that answered, null when none did
   * @param figure the name of that model's output that low and high are of: {@code risk} is a
   *     probability, {@code score} points
   * @param low the least value that the unknown inputs allow, NaN when there is no figure
   * @param high the greatest value, NaN when there is no figure
   * @param level the level when both ends agree on one, else UNKNOWN
   * @param missing the names of that model's inputs that were unknown, sorted
   * @param reason which model answered and why, or why none did
   */
  public record Result(
      @Nullable String model,
      @Nullable String figure,
      double low,
      double high,
      RiskLevel level,
      List<String> missing,
      String reason) {

    /** The model; never the figures. */
    @Override
    public String toString() {
      return "DiabetesRisk[" + model + "]";
    }
  }

  /**
   * The answer for glucose in mmol/L and pressure in mm[Hg].
   *
   * @param age in completed years ({@code a}), 0 to 130; null is unknown
   * @param glucose fasting plasma glucose, over 0; null is unknown
   * @param pressure diastolic, over 0 and under 300 mm[Hg]; null is unknown
   */
  public Result assess(@Nullable Double age, @Nullable Double glucose, @Nullable Double pressure) {
    return assess(age, glucose, pressure, "mmol/L", "mm[Hg]");
  }

  /**
   * The answer for values in stated units.
   *
   * @param glucoseUnit any UCUM unit of mass or amount in a volume, such as {@code mg/dL}
   * @param pressureUnit any UCUM unit of pressure, such as {@code cm[Hg]} or {@code kPa}
   */
  public Result assess(
      @Nullable Double age,
      @Nullable Double glucose,
      @Nullable Double pressure,
      @Nullable String glucoseUnit,
      @Nullable String pressureUnit) {
    List<String> faults = new ArrayList<>();
    check("age", age, Derived.age("age").possible(), "a", faults);
    Double sugar = convert("glucose", glucose, glucoseUnit, Lab.FASTING_GLUCOSE, faults);
    Double diastolic =
        convert("pressure", pressure, pressureUnit, Vital.DIASTOLIC_PRESSURE, faults);
    if (!faults.isEmpty()) {
      return without(RiskLevel.UNKNOWN, String.join("; ", faults));
    }
    if (sugar != null && sugar >= DIAGNOSTIC) {
      return without(
          RiskLevel.HIGH,
          "fasting glucose of 126 mg/dL (7.0 mmol/L) or more: the diagnostic range of diabetes, to"
              + " be confirmed; nothing to predict");
    }
    Map<String, @Nullable Object> values = new HashMap<>();
    values.put("age", age);
    if (age != null && (age < 45 || age >= 65)) {
      return result(
          ADA,
          ada.assess(values),
          "age outside 45 to 64 years, which the model with glucose covers: points of the ADA risk"
              + " test (0 to 10), which asks for neither glucose nor pressure");
    }
    values.put("fpg_mg_dl", sugar);
    values.put("dbp", diastolic);
    return result(WILSON, wilson.assess(values), "8-year risk by Framingham Offspring 2007");
  }

  private static Result result(RiskModel model, Interval interval, String why) {
    Output primary = model.card().outputs().get(0);
    String more = interval.reason();
    return new Result(
        model.id(),
        primary.name(),
        interval.low(primary),
        interval.high(primary),
        interval.level(),
        List.of(interval.missing()),
        more == null ? why : why + "; " + more);
  }

  private static Result without(RiskLevel level, String reason) {
    return new Result(null, null, Double.NaN, Double.NaN, level, List.of(), reason);
  }

  /** The value in the type's unit; null when it is unknown or at fault. */
  private static @Nullable Double convert(
      String name,
      @Nullable Double value,
      @Nullable String unit,
      ObservationType type,
      List<String> faults) {
    String target = type.unit();
    if (value == null || target == null) {
      return null;
    }
    Conversion conversion = unit == null ? null : Units.conversion(unit, target, type.analyte());
    if (conversion == null) {
      faults.add(
          name
              + "_unit: "
              + (unit == null
                  ? "unknown"
                  : Units.isValid(unit) ? "can't be converted to " + target : "no UCUM unit"));
      return null;
    }
    double converted = conversion.apply(value);
    check(name, converted, type.possible(), target, faults);
    return converted;
  }

  private static void check(
      String name, @Nullable Double value, Range possible, String unit, List<String> faults) {
    if (value != null && !possible.contains(value)) {
      faults.add(
          name
              + (value.isNaN()
                  ? ": not a number"
                  : ": impossible, outside " + possible + " " + unit));
    }
  }
}
