// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.learned;

import io.medflink.core.RiskLevel;
import io.medflink.core.RiskModel;
import java.io.Serializable;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model of coefficients with all that makes it usable: what a model card file says.
 *
 * <p>The linear predictor is the constant and the sum of the terms. Logistic: the risk is 1 / (1 +
 * exp(-lp)). Cox: the risk is 1 - S^exp(lp), S the baseline survival to the horizon; the constant
 * is then the negative of the mean linear predictor, if S is at the mean.
 *
 * @param kind what the linear predictor becomes
 * @param id lower case with hyphens
 * @param version another one for each change of a number
 * @param citation where the coefficients come from
 * @param intendedUse for whom and for what
 * @param output the name of the predicted risk
 * @param constant the intercept
 * @param baselineSurvival between 0 and 1; NaN for a logistic model
 * @param inputs what the model looks at
 * @param terms what is summed up
 * @param levels the risks from which each level holds, rising; empty where there are none
 */
public record CoefficientCard(
    Kind kind,
    String id,
    String version,
    String citation,
    String intendedUse,
    String output,
    double constant,
    double baselineSurvival,
    List<InputCard> inputs,
    List<Term> terms,
    List<Level> levels)
    implements Serializable {

  /** What the linear predictor becomes. */
  public enum Kind {
    /** The log odds. */
    LOGISTIC,
    /** The log of the hazard over the baseline's. */
    COX
  }

  /**
   * One input.
   *
   * @param name lower case with underscores
   * @param code LOINC or {@code medflink:…} of an observation type, {@code age} or {@code bmi}
   * @param unit UCUM, in which the coefficients want it; null for coded inputs
   * @param low the least value that the model covers, in the unit
   * @param high the greatest
   * @param within ISO 8601, how long a value counts
   * @param ofPatient whether it outlives the stay
   * @param required whether there is no answer without it
   */
  public record InputCard(
      String name,
      String code,
      @Nullable String unit,
      double low,
      double high,
      String within,
      boolean ofPatient,
      boolean required)
      implements Serializable {}

  /**
   * One term: {@code coefficient × transform((x - minus) / per)}, or the coefficient alone where a
   * coded input has a word or a number is at least so much; each times another input.
   *
   * @param input the name of x
   * @param coefficient per unit
   * @param transform of x
   * @param minus subtracted before the transform
   * @param per divided by before the transform
   * @param word which of a coded input's words counts; null for numbers and yes or no
   * @param atLeast from where a number counts; NaN where all of it does
   * @param times the name of an input whose value multiplies the term; null for none
   */
  public record Term(
      String input,
      double coefficient,
      Transform transform,
      double minus,
      double per,
      @Nullable String word,
      double atLeast,
      @Nullable String times)
      implements Serializable {

    /** {@code coefficient × input}. */
    public static Term of(String input, double coefficient) {
      return new Term(input, coefficient, Transform.IDENTITY, 0, 1, null, Double.NaN, null);
    }

    /** The same term with another coefficient. */
    public Term withCoefficient(double other) {
      return new Term(input, other, transform, minus, per, word, atLeast, times);
    }
  }

  /** What is made of a number. */
  public enum Transform {
    /** Nothing. */
    IDENTITY,
    /** The natural logarithm. */
    LN,
    /** The square. */
    SQUARE
  }

  /**
   * A level that holds from a risk on.
   *
   * @param from between 0 and 1
   * @param level which one
   */
  public record Level(double from, RiskLevel level) implements Serializable {}

  /**
   * Reads a model card.
   *
   * @param json strict JSON, see the module's README
   * @throws IllegalArgumentException naming the field, when anything in it is missing, unknown,
   *     impossible or contradicts the rest
   */
  public static CoefficientCard read(String json) {
    CoefficientCard card = CardFile.coefficients(CardFile.parse(json));
    card.model();
    return card;
  }

  /** The card as a file. */
  public String write() {
    return CardFile.write(this);
  }

  /**
   * The model of this card.
   *
   * @throws IllegalArgumentException when the card contradicts itself
   */
  public RiskModel model() {
    return kind == Kind.LOGISTIC ? new Logistic(this) : new Cox(this);
  }
}
