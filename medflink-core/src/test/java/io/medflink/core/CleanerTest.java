// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.medflink.core.Observation.Comparator;
import io.medflink.core.Observation.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CleanerTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final List<Panel> panels = new ArrayList<>();
  private final List<Rejected> rejects = new ArrayList<>();

  /** What tells that a value was refused. */
  private final List<Observation> refused = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "8310-5, 98.6, [degF], 8310-5, 37, Cel",
    "8310-5, 310.15, K, 8310-5, 37, Cel",
    "2160-0, 88.4, umol/L, 2160-0, 1, mg/dL",
    "14682-9, 88.4, umol/L, 2160-0, 1, mg/dL",
    "14749-6, 5.5, mmol/L, 2345-7, 99.088, mg/dL",
    "15074-8, 5.5, mmol/L, 2339-0, 99.088, mg/dL",
    "59261-8, 53, mmol/mol, 4548-4, 7, %",
    "2708-6, 0.97, 1, 59408-5, 97, %",
    "8867-4, 72, {beats}/min, 8867-4, 72, /min",
    "8480-6, 16, kPa, 8480-6, 120.0099, mm[Hg]",
  })
  void codesAndUnitsBecomeCanonical(
      String code, double value, String unit, String loinc, double expected, String canonical) {
    Observation clean = cleanOne(Observation.of(code, value, unit));
    assertThat(clean.code()).isEqualTo(loinc);
    assertThat(clean.value()).isCloseTo(expected, within(1e-3));
    assertThat(clean.unit()).isEqualTo(canonical);
  }

  @Test
  void aPanelThatNeedsNothingIsPassedOnItself() {
    Panel panel =
        panel(Observation.of(Vital.HEART_RATE, 72), Observation.coded(Vital.CONSCIOUSNESS, "A"));
    clean(Cleaner.with(CodeMap.none()), panel);
    assertThat(panels.get(0)).isSameAs(panel);
  }

  @Test
  void localCodesUnitsAndTextsAreMappedAndEmptied() throws Exception {
    Cleaner cleaner =
        Cleaner.with(
            CodeMapTest.map(
                "icu,L,TEMP,8310-5,F,[degF],,",
                "icu,L,AVPU,67775-7,,,wach,A",
                "icu,L,AVPU,67775-7,,,0,U",
                ",,PULSE,8867-4,,/min,,"));
    clean(
        cleaner,
        panel(
            local("L", "TEMP", 98.6, "F", null),
            local("L", "AVPU", Double.NaN, null, "wach"),
            local("L", "AVPU", 0, null, null),
            local(null, "PULSE", 60, null, null)));
    assertThat(rejects).isEmpty();
    assertThat(panels.get(0).observations())
        .containsExactly(
            Observation.of(Vital.BODY_TEMPERATURE, 37),
            Observation.coded(Vital.CONSCIOUSNESS, "A"),
            Observation.coded(Vital.CONSCIOUSNESS, "U"),
            Observation.of(Vital.HEART_RATE, 60));
  }

  @Test
  void aDeclaredSystemAndUnitCanBeOverridden() throws Exception {
    Cleaner cleaner =
        Cleaner.with(CodeMapTest.map("icu,LN,2345-7,1558-6,,,,", ",,,1558-6,mg/dL,mmol/L,,"));
    clean(cleaner, panel(Observation.of("2345-7", 5, "mg/dL")));
    Observation clean = panels.get(0).observations()[0];
    assertThat(clean.code()).isEqualTo("1558-6");
    assertThat(clean.value()).isCloseTo(90.08, within(1e-9));
  }

  @Test
  void theReferenceRangeIsConvertedAndTheComparatorStays() {
    Observation sent =
        new Observation(
            "14682-9",
            17.68,
            null,
            "umol/L",
            Status.FINAL,
            null,
            null,
            null,
            null,
            "id",
            Comparator.LESS,
            44.2,
            88.4,
            "L",
            Observation.Method.DEVICE,
            0);
    assertThat(cleanOne(sent))
        .isEqualTo(
            new Observation(
                "2160-0",
                0.2,
                null,
                "mg/dL",
                Status.FINAL,
                null,
                null,
                null,
                null,
                "id",
                Comparator.LESS,
                0.5,
                1,
                "L",
                Observation.Method.DEVICE,
                0));
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "L, HR, 72, /min, -, UNMAPPED_CODE, code",
        "-, -, 72, /min, -, UNMAPPED_CODE, code",
        "LN, 8867-5, 72, /min, -, UNMAPPED_CODE, code",
        "LN, 8867-4, 72, -, -, UNMAPPED_UNIT, unit",
        "LN, 8867-4, 72, bpm, -, UNMAPPED_UNIT, unit",
        "LN, 8867-4, 72, mm[Hg], -, WRONG_UNIT, unit",
        "LN, 2345-7, 5.5, /L, -, WRONG_UNIT, unit",
        "LN, 8867-4, 300, /min, -, IMPOSSIBLE_VALUE, value",
        "LN, 8867-4, Infinity, /min, -, IMPOSSIBLE_VALUE, value",
        "LN, 8867-4, 0, /min, -, IMPOSSIBLE_VALUE, value",
        "LN, 9269-2, 16, {score}, -, IMPOSSIBLE_VALUE, value",
        "LN, 8867-4, NaN, /min, fast, UNMAPPED_VALUE, value",
        "LN, 67775-7, NaN, -, wach, UNMAPPED_VALUE, value",
        "LN, 67775-7, 7, -, -, UNMAPPED_VALUE, value",
        "LN, 21112-8, NaN, -, 1970-02-30, UNMAPPED_VALUE, value",
        "LN, 21112-8, NaN, -, 1970, UNMAPPED_VALUE, value",
        "LN, 8867-4, NaN, /min, -, NO_VALUE, value",
        "LN, 67775-7, NaN, -, -, NO_VALUE, value",
        "LN, 1-8, NaN, -, -, NO_VALUE, value",
        "LN, 1-8, Infinity, -, -, IMPOSSIBLE_VALUE, value",
      })
  void whatCannotBeUsedIsRejectedAloneWithItsReason(
      String system,
      String code,
      double value,
      String unit,
      String text,
      RejectCode why,
      String part) {
    Observation bad =
        "LN".equals(system)
            ? Observation.of(code, value, unit).withText(text)
            : local(system, code, value, unit, text);
    Observation good = Observation.of(Vital.HEART_RATE, 60);
    clean(Cleaner.with(CodeMap.none()), panel(good, bad, good));
    assertThat(panels.get(0).observations()).containsExactly(good, good);
    boolean marked = why != RejectCode.UNMAPPED_CODE && why != RejectCode.NO_VALUE;
    assertThat(refused).hasSize(marked ? 1 : 0);
    assertThat(refused).allMatch(o -> code.equals(o.code()) && Double.isNaN(o.value()));
    assertThat(rejects)
        .containsExactly(
            new Rejected(
                Rejected.Stage.CLEAN,
                why,
                "observations[1]." + part,
                "icu",
                "LN".equals(system) ? "http://loinc.org" : system,
                code,
                unit,
                null,
                NOON,
                null,
                null));
  }

  @Test
  void aUnitThatIsNotDeclaredIsNotGuessedToBeUcum() {
    clean(
        Cleaner.with(CodeMap.none()),
        panel(
            new Observation(
                "8867-4",
                72,
                null,
                null,
                Status.FINAL,
                null,
                null,
                "/min",
                null,
                null,
                null,
                Double.NaN,
                Double.NaN,
                null,
                null,
                0)));
    assertThat(rejects).extracting(Rejected::code).containsExactly(RejectCode.UNMAPPED_UNIT);
    assertThat(panels).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "<, 0, false",
    "<, 1, true",
    "<=, 0, false",
    ">, 299, true",
    ">, 300, false",
    ">=, 300, false",
    ">, -5, true",
    "<, 400, true",
  })
  void aComparatorIsPossibleWhereItsIntervalMeetsTheRange(
      String symbol, double value, boolean possible) {
    Observation o = Observation.of(Vital.HEART_RATE, value).withComparator(Comparator.of(symbol));
    clean(Cleaner.with(CodeMap.none()), panel(o));
    assertThat(panels).hasSize(possible ? 1 : 0);
    assertThat(rejects).hasSize(possible ? 0 : 1);
  }

  @ParameterizedTest
  @CsvSource({"<=, 20, true", "<, 20, false", ">=, 100, true", ">, 100, false"})
  void anIncludedEndOfTheRangeIsPossible(String symbol, double value, boolean possible) {
    Observation o =
        Observation.of(Vital.OXYGEN_FRACTION, value).withComparator(Comparator.of(symbol));
    clean(Cleaner.with(CodeMap.none()), panel(o));
    assertThat(panels).hasSize(possible ? 1 : 0);
  }

  @Test
  void aScoreNeedsNoUnit() {
    assertThat(cleanOne(Observation.of("9269-2", 15, null)))
        .isEqualTo(Observation.of(Vital.GLASGOW_COMA_SCORE, 15));
  }

  @ParameterizedTest
  @CsvSource({
    "1970-05-01, 1970-05-01",
    "19700501, 1970-05-01",
    "1970-05-01T23:30:00+02:00, 1970-05-01"
  })
  void datesAreWrittenAsDays(String sent, String expected) {
    assertThat(cleanOne(Observation.coded(Demographic.BIRTH_DATE, sent)).text())
        .isEqualTo(expected);
  }

  @Test
  void aLoincOfNoKnownTypeStaysAsItIs() {
    Observation sent = Observation.of("1-8", 5, "foo");
    assertThat(cleanOne(sent)).isSameAs(sent);
    Observation ours = Observation.of("medflink:new", Double.NaN, null).withText("x");
    assertThat(cleanOne(ours)).isSameAs(ours);
  }

  @Test
  void anApplicationsOwnTypeIsCleanedToo() {
    Cleaner cleaner = Cleaner.with(CodeMap.none()).types(OwnType.values());
    clean(
        cleaner,
        panel(
            Observation.coded(OwnType.PAIN, "mild"), Observation.coded(OwnType.PAIN, "terrible")));
    assertThat(panels.get(0).observations())
        .containsExactly(Observation.coded(OwnType.PAIN, "mild"));
    assertThat(rejects).extracting(Rejected::code).containsExactly(RejectCode.UNMAPPED_VALUE);
  }

  @Test
  void whatWasEnteredInErrorPassesWhateverItsValue() {
    Observation withdrawn =
        Observation.of("8867-4", Double.NaN, null).withStatus(Status.ENTERED_IN_ERROR);
    clean(
        Cleaner.with(CodeMap.none()),
        panel(
            withdrawn,
            Observation.of("8867-4", 999, "/min").withStatus(Status.ENTERED_IN_ERROR),
            Observation.of("8867-4", 80, "bpm").withStatus(Status.ENTERED_IN_ERROR),
            Observation.of("8867-4", 80, "/min").withStatus(Status.ENTERED_IN_ERROR)));
    assertThat(rejects).isEmpty();
    assertThat(panels.get(0).observations())
        .containsExactly(
            withdrawn,
            withdrawn,
            withdrawn,
            Observation.of(Vital.HEART_RATE, 80).withStatus(Status.ENTERED_IN_ERROR));
  }

  @Test
  void aTimeBeyondTheToleranceRejectsEveryObservation() {
    Observation[] two = {
      Observation.of(Vital.HEART_RATE, 60), Observation.of(Vital.RESPIRATORY_RATE, 16)
    };
    Cleaner cleaner = Cleaner.with(CodeMap.none()).tolerance(Duration.ofMinutes(1));
    clean(cleaner, panel(two).withReceived(NOON.minusSeconds(60)));
    assertThat(panels).hasSize(1);
    clean(cleaner, panel(two).withReceived(NOON.minusMillis(60_001)));
    assertThat(panels).hasSize(1);
    assertThat(rejects)
        .extracting(Rejected::code)
        .containsExactly(RejectCode.FUTURE_TIME, RejectCode.FUTURE_TIME);
    assertThat(rejects).extracting(Rejected::field).containsOnly("time");
  }

  @Test
  void aPanelWithoutPatientOrTimeIsRejected() {
    Observation one = Observation.of(Vital.HEART_RATE, 60);
    clean(Cleaner.with(CodeMap.none()), Panel.of(null, NOON, one));
    clean(Cleaner.with(CodeMap.none()), Panel.of(" ", NOON, one));
    clean(Cleaner.with(CodeMap.none()), Panel.of("mrn|1", null, one));
    assertThat(panels).isEmpty();
    assertThat(rejects)
        .extracting(Rejected::code)
        .containsExactly(RejectCode.NO_PATIENT_ID, RejectCode.NO_PATIENT_ID, RejectCode.NO_TIME);
  }

  @Test
  void theSealedPayloadIsTheLineThatTheCodeMapLacks() {
    Cleaner cleaner =
        Cleaner.with(CodeMap.none())
            .seal(
                (payload, bound) ->
                    (text(bound) + ":" + text(payload)).getBytes(StandardCharsets.UTF_8));
    clean(cleaner, panel(local("L", "HR", 72, "b,p", null)));
    assertThat(text(rejects.get(0).payload())).isEqualTo("UNMAPPED_CODE:icu,L,HR,,\"b,p\",,72,");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private Observation cleanOne(Observation sent) {
    clean(Cleaner.with(CodeMap.none()), panel(sent));
    assertThat(rejects).isEmpty();
    return panels.get(panels.size() - 1).observations()[0];
  }

  private void clean(Cleaner cleaner, Panel panel) {
    cleaner.clean(
        panel,
        clean -> {
          Observation[] kept =
              Arrays.stream(clean.observations())
                  .filter(o -> !o.isRefused())
                  .toArray(Observation[]::new);
          Arrays.stream(clean.observations()).filter(Observation::isRefused).forEach(refused::add);
          if (kept.length > 0) {
            panels.add(
                kept.length == clean.observations().length ? clean : clean.withObservations(kept));
          }
        },
        rejects::add);
  }

  private static Panel panel(Observation... observations) {
    return Panel.of("mrn|1", NOON, observations).withFeed("icu");
  }

  static Observation local(String system, String code, double value, String unit, String text) {
    return new Observation(
        null,
        value,
        null,
        null,
        Status.FINAL,
        system,
        code,
        unit,
        text,
        null,
        null,
        Double.NaN,
        Double.NaN,
        null,
        null,
        0);
  }
}
