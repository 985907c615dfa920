// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The strings that take one byte in a panel: well-known LOINC codes, UCUM units, coded values and
 * flags. A term's number is its position from 1 and stands in every savepoint: append only, at most
 * to {@link #MOST}, and raise {@link PanelFormat#VERSION} with it.
 */
final class PanelTerms {
  /** 0 announces a string; 255 is left for a second page of terms. */
  static final int MOST = 254;

  /** In the order of their numbers. Nothing is lost by a term that is not in it but a few bytes. */
  private static final String TERMS =
      // Vital
      """
      8867-4 9279-1 59408-5 2708-6 8480-6 8462-4 8478-0 8310-5 29463-7 8302-2 39156-5 9269-2 \
      3151-8 3150-6 67775-7 medflink:oxygen-device \
      """
          // Lab
          + """
          2345-7 14749-6 2339-0 15074-8 1558-6 14771-0 2093-3 14647-2 2085-9 14646-4 2571-8 \
          14927-8 2160-0 14682-9 4548-4 59261-8 \
          """
          // Demographic, Setting
          + """
          21112-8 46098-0 medflink:smoker medflink:physically-active medflink:hypertension \
          medflink:hypertension-treated medflink:diabetes medflink:gestational-diabetes \
          medflink:parent-with-diabetes medflink:close-relative-with-diabetes \
          medflink:parents-with-hypertension medflink:spo2-scale medflink:confusion-is-new \
          """
          // LOINC: blood pressure and vital signs panels, further vitals and wards' charts
          + """
          85354-9 85353-1 8331-1 8289-8 72514-3 9187-6 3137-7 19994-3 20564-1 72166-2 \
          """
          // LOINC: chemistry, blood count, coagulation, blood gases, markers, urine
          + """
          2951-2 2823-3 2075-0 1963-8 2028-9 3094-0 6299-2 17861-6 49765-1 19123-9 2777-1 1751-7 \
          2885-2 1975-2 1968-7 1742-6 1920-8 6768-6 2324-2 13457-7 18262-6 6690-2 789-8 718-7 \
          4544-3 787-2 785-6 786-4 788-0 777-3 6301-6 5902-2 3173-2 3255-7 48065-7 2744-1 2703-7 \
          2019-8 1959-6 1960-4 2524-7 32693-4 1988-5 33959-8 10839-9 6598-7 30934-4 33762-6 3016-3 \
          2276-4 14959-1 9318-7 33914-3 62238-1 98979-8 38483-4 6298-4 2947-0 20570-8 2069-3 \
          """
          // UCUM
          + """
          /min % mm[Hg] Cel kg cm kg/m2 {score} L/min mg/dL mmol/L umol/L mmol/mol g/dL g/L [degF] \
          K [lb_av] [in_i] m g mg ug ng h min s d mo a L mL mL/h mL/min mL/min/{1.73_m2} \
          mL/kg/h ug/L mg/L ng/mL ng/L pg/mL pmol/L nmol/L mmol/kg mosm/kg meq/L U/L [IU]/L \
          m[IU]/L 10*3/uL 10*6/uL 10*9/L 10*12/L /uL fL pg kPa cm[Hg] cm[H2O] {INR} 1 {ratio} \
          mg/g mg/mmol mg/mg {beats}/min {breaths}/min [pH] m2 \
          """
          // Coded values and interpretations (HL7 table 0078)
          + """
          A C V P U air oxygen no yes F M 0 2 H HH LL N AA I R S 3150-0 \
          medflink:hypertension-years \
          """
          // Since format 2: what scores at the bedside and of the laboratory look at
          + """
          medflink:respiratory-support medflink:respiratory-effort 44963-7 \
          medflink:altered-mentation 9192-6 medflink:dopamine-rate medflink:dobutamine-rate \
          medflink:adrenaline-rate medflink:noradrenaline-rate medflink:sofa-baseline 8280-0 \
          medflink:urine-volume-by-weight medflink:renal-replacement-therapy medflink:avpu 26508-2 \
          50984-4 medflink:corrected-calcium 97507-8 99504-3 medflink:creatinine-baseline 82810-3 \
          medflink:early-warning-excluded medflink:consciousness-by-gcs mL/kg ug/kg/min\
          """;

  private static final String[] BY_NUMBER = (" " + TERMS.replace("\n", "")).split(" ");
  private static final Map<String, Integer> NUMBERS = new HashMap<>(1024);

  static {
    for (int number = 1; number < BY_NUMBER.length; number++) {
      NUMBERS.put(BY_NUMBER[number], number);
    }
  }

  private PanelTerms() {}

  /** Writes a term, or nothing for null. */
  static void write(@Nullable String term, RecordBuffer b) {
    if (term != null) {
      Integer number = NUMBERS.get(term);
      b.reserve(1);
      b.octet(number == null ? 0 : number);
      if (number == null) {
        b.string(term);
      }
    }
  }

  /** Reads a term, or nothing where none was written. */
  static @Nullable String read(int present, RecordBuffer b) throws IOException {
    if (present == 0) {
      return null;
    }
    int number = b.octet();
    if (number >= BY_NUMBER.length) {
      throw RecordBuffer.corrupted("number of a term");
    }
    return number == 0 ? b.string() : BY_NUMBER[number];
  }

  /** A term's number, 0 for other strings. */
  static int number(String term) {
    return NUMBERS.getOrDefault(term, 0);
  }

  /** All terms in the order of their numbers. */
  static List<String> all() {
    return List.of(BY_NUMBER).subList(1, BY_NUMBER.length);
  }
}
