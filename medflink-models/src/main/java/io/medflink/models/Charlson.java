// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Demographic;
import io.medflink.core.Derived;
import io.medflink.core.Input;
import io.medflink.core.ModelCard;
import io.medflink.core.Output;
import io.medflink.core.RiskModel;
import io.medflink.core.Steps;

/**
 * Charlson comorbidity index, and the same with points for age.
 *
 * <p>Sources: Charlson ME et al. J Chronic Dis 1987;40:373–83; age: Charlson M et al. J Clin
 * Epidemiol 1994;47:1245–51. 1 each: myocardial infarction, heart failure, peripheral vascular
 * disease, cerebrovascular disease, dementia, chronic lung disease, connective tissue disease,
 * ulcer, mild liver disease, diabetes; 2 each: hemiplegia, moderate or severe renal disease,
 * diabetes with end-organ damage, solid tumour, leukaemia, lymphoma; 3: moderate or severe liver
 * disease; 6 each: metastatic tumour, AIDS. Of liver disease, diabetes and tumour the worse of the
 * pair counts. Age 50–59 1, 60–69 2, 70–79 3, 80 and over 4.
 *
 * <p>{@code conditions} takes a list of all that is present; what it doesn't name is absent.
 * Unknown conditions are sought in all that is possible, so the interval is exact. Unknown age:
 * {@code age_adjusted} has no points for it, and the reason says so. Not applicable under 18 years.
 * Level UNKNOWN: the publication's strata have no names.
 */
public final class Charlson implements RiskModel {
  private static final long serialVersionUID = 1;

  private static final ModelCard CARD =
      ModelCard.of(
          "charlson",
          "1987",
          "Charlson ME, Pompei P, Ales KL, MacKenzie CR. A new method of classifying prognostic"
              + " comorbidity in longitudinal studies: development and validation. J Chronic Dis"
              + " 1987;40:373-83; age: Charlson M, Szatrowski TP, Peterson J, Gold J. Validation of"
              + " a combined comorbidity index. J Clin Epidemiol 1994;47:1245-51",
          "Burden of comorbidity of adults, for the comparison of groups; its mortality is that"
              + " of 1984");

  private static final Steps AGES = Steps.below(0, 50, 1, 60, 2, 70, 3, 80, 4);

  private static final Input AGE = CARD.input(Derived.age("age").optional());
  private static final Input MI =
      CARD.input(Input.of("mi", Demographic.MYOCARDIAL_INFARCTION).ofPatient().rising());
  private static final Input CHF =
      CARD.input(Input.of("chf", Demographic.HEART_FAILURE).ofPatient().rising());
  private static final Input PVD =
      CARD.input(Input.of("pvd", Demographic.PERIPHERAL_VASCULAR_DISEASE).ofPatient().rising());
  private static final Input CVA =
      CARD.input(Input.of("cva", Demographic.CEREBROVASCULAR_DISEASE).ofPatient().rising());
  private static final Input DEMENTIA =
      CARD.input(Input.of("dementia", Demographic.DEMENTIA).ofPatient().rising());
  private static final Input COPD =
      CARD.input(Input.of("copd", Demographic.CHRONIC_LUNG_DISEASE).ofPatient().rising());
  private static final Input CTD =
      CARD.input(Input.of("ctd", Demographic.CONNECTIVE_TISSUE_DISEASE).ofPatient().rising());
  private static final Input PUD =
      CARD.input(Input.of("pud", Demographic.PEPTIC_ULCER).ofPatient().rising());
  private static final Input LIVER_MILD =
      CARD.input(Input.of("liver_mild", Demographic.MILD_LIVER_DISEASE).ofPatient().rising());
  private static final Input DM =
      CARD.input(Input.of("dm", Demographic.DIABETES).ofPatient().rising());
  private static final Input HEMIPLEGIA =
      CARD.input(Input.of("hemiplegia", Demographic.HEMIPLEGIA).ofPatient().rising());
  private static final Input RENAL =
      CARD.input(Input.of("renal", Demographic.RENAL_DISEASE).ofPatient().rising());
  private static final Input DM_END_ORGAN =
      CARD.input(
          Input.of("dm_end_organ", Demographic.DIABETES_WITH_ORGAN_DAMAGE).ofPatient().rising());
  private static final Input SOLID_TUMOR =
      CARD.input(Input.of("solid_tumor", Demographic.SOLID_TUMOUR).ofPatient().rising());
  private static final Input LEUKEMIA =
      CARD.input(Input.of("leukemia", Demographic.LEUKAEMIA).ofPatient().rising());
  private static final Input LYMPHOMA =
      CARD.input(Input.of("lymphoma", Demographic.LYMPHOMA).ofPatient().rising());
  private static final Input LIVER =
      CARD.input(Input.of("liver_mod_sev", Demographic.SEVERE_LIVER_DISEASE).ofPatient().rising());
  private static final Input METASTATIC =
      CARD.input(Input.of("metastatic", Demographic.METASTATIC_TUMOUR).ofPatient().rising());
  private static final Input AIDS =
      CARD.input(Input.of("aids", Demographic.AIDS).ofPatient().rising());

  static {
    CARD.checklist(
        "conditions",
        MI,
        CHF,
        PVD,
        CVA,
        DEMENTIA,
        COPD,
        CTD,
        PUD,
        LIVER_MILD,
        DM,
        HEMIPLEGIA,
        RENAL,
        DM_END_ORGAN,
        SOLID_TUMOR,
        LEUKEMIA,
        LYMPHOMA,
        LIVER,
        METASTATIC,
        AIDS);
  }

  private static final Output SCORE = CARD.output("score", "{score}");
  private static final Output AGE_ADJUSTED = CARD.output("age_adjusted", "{score}");

  private static final Input[] ONE = {MI, CHF, PVD, CVA, DEMENTIA, COPD, CTD, PUD};
  private static final Input[] TWO = {HEMIPLEGIA, RENAL, LEUKEMIA, LYMPHOMA};

  @Override
  public ModelCard card() {
    return CARD;
  }

  @Override
  public void assess(Chart chart, Answer answer) {
    double age = chart.value(AGE);
    if (age < 18) {
      answer.notApplicable("under 18 years: the index is for adults");
      return;
    }
    int score = answer.counts(AIDS, chart.yes(AIDS) ? 6 : 0);
    for (Input condition : ONE) {
      score += answer.counts(condition, chart.yes(condition) ? 1 : 0);
    }
    for (Input condition : TWO) {
      score += answer.counts(condition, chart.yes(condition) ? 2 : 0);
    }
    score += worse(chart, answer, LIVER, 3, LIVER_MILD, 1);
    score += worse(chart, answer, DM_END_ORGAN, 2, DM, 1);
    score += worse(chart, answer, METASTATIC, 6, SOLID_TUMOR, 2);
    if (Double.isNaN(age)) {
      answer.note("age unknown: the age-adjusted index has no points for it");
    }
    answer.set(SCORE, score);
    answer.set(AGE_ADJUSTED, score + (Double.isNaN(age) ? 0 : AGES.points(age)));
  }

  /** Of two stages of one illness the worse counts. */
  private static int worse(Chart chart, Answer answer, Input bad, int points, Input mild, int few) {
    return chart.yes(bad)
        ? answer.counts(bad, points)
        : answer.counts(mild, chart.yes(mild) ? few : 0);
  }
}
