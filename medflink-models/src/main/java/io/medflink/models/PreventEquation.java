// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The coefficients of one of the 100 PREVENT equations in the order of their columns in {@code
 * prevent-2023.csv}, 0 where the equation has no such term.
 */
record PreventEquation(
    double constant,
    double age,
    double age2,
    double nonhdl,
    double hdl,
    double sbpLt110,
    double sbpGe110,
    double dm,
    double smoking,
    double bmiLt30,
    double bmiGe30,
    double egfrLt60,
    double egfrGe60,
    double bptx,
    double statin,
    double bptxSbp,
    double statinNonhdl,
    double ageNonhdl,
    double ageHdl,
    double ageSbp,
    double ageDm,
    double ageSmoking,
    double ageBmiGe30,
    double ageEgfrLt60,
    double lnUacr,
    double uacrMissing,
    double hba1cDm,
    double hba1cNodm,
    double hba1cMissing,
    double sdi4To6,
    double sdi7To10,
    double sdiMissing) {

  static final List<String> MODELS = List.of("base", "uacr", "hba1c", "sdi", "full");
  static final List<String> YEARS = List.of("10", "30");
  static final List<String> SEXES = List.of("F", "M");
  static final List<String> OUTCOMES = List.of("total_cvd", "ascvd", "hf", "chd", "stroke");

  private static final String FILE = "prevent-2023.csv";
  private static final String HEADER =
      "model,years,sex,outcome,constant,age,age2,nonhdl,hdl,sbp_lt110,sbp_ge110,dm,smoking,bmi_lt30,bmi_ge30,egfr_lt60,egfr_ge60,bptx,statin,bptx_sbp,statin_nonhdl,age_nonhdl,age_hdl,age_sbp,age_dm,age_smoking,age_bmi_ge30,age_egfr_lt60,ln_uacr,uacr_missing,hba1c_dm,hba1c_nodm,hba1c_missing,sdi_4_6,sdi_7_10,sdi_missing";

  /** All of them, by model, years, sex and outcome, the outcome changing fastest. */
  static PreventEquation[] all() {
    List<PreventEquation> all = new ArrayList<>();
    try (InputStream file = PreventEquation.class.getResourceAsStream(FILE)) {
      if (file == null) {
        throw new IllegalStateException("no " + FILE + " beside the model");
      }
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8));
      expect("#", lines.readLine());
      expect(HEADER, lines.readLine());
      for (String model : MODELS) {
        for (String years : YEARS) {
          for (String sex : SEXES) {
            for (String outcome : OUTCOMES) {
              String line = lines.readLine();
              expect(String.join(",", model, years, sex, outcome, ""), line);
              all.add(of(line.split(",", -1)));
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("can't read " + FILE, e);
    }
    return all.toArray(new PreventEquation[0]);
  }

  private static void expect(String start, @Nullable String line) {
    if (line == null || !line.startsWith(start)) {
      throw new IllegalStateException(FILE + " has another line where there must be " + start);
    }
  }

  private static double number(String[] cells, int column) {
    return cells[column].isEmpty() ? 0 : Double.parseDouble(cells[column]);
  }

  private static PreventEquation of(String[] cells) {
    return new PreventEquation(
        number(cells, 4),
        number(cells, 5),
        number(cells, 6),
        number(cells, 7),
        number(cells, 8),
        number(cells, 9),
        number(cells, 10),
        number(cells, 11),
        number(cells, 12),
        number(cells, 13),
        number(cells, 14),
        number(cells, 15),
        number(cells, 16),
        number(cells, 17),
        number(cells, 18),
        number(cells, 19),
        number(cells, 20),
        number(cells, 21),
        number(cells, 22),
        number(cells, 23),
        number(cells, 24),
        number(cells, 25),
        number(cells, 26),
        number(cells, 27),
        number(cells, 28),
        number(cells, 29),
        number(cells, 30),
        number(cells, 31),
        number(cells, 32),
        number(cells, 33),
        number(cells, 34),
        number(cells, 35));
  }
}
