// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import ca.uhn.fhir.parser.StrictErrorHandler;
import io.medflink.connectors.formats.Decoded;
import io.medflink.core.Alert;
import io.medflink.core.BadInputException;
import io.medflink.core.Observation;
import io.medflink.core.Observation.Status;
import io.medflink.core.Panel;
import io.medflink.core.Prediction;
import io.medflink.core.RiskAssessment;
import io.medflink.core.RiskLevel;
import io.medflink.core.Vital;
import java.time.Instant;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Flag;
import org.hl7.fhir.r4.model.Range;
import org.junit.jupiter.api.Test;

/** What is written, read by HAPI FHIR's strict parser, which knows every element and its place. */
class FhirOutTest {
  private static final Instant TIME = Instant.parse("2026-11-24T08:00:00.500Z");
  private static final IParser HAPI =
      FhirContext.forR4().newJsonParser().setParserErrorHandler(new StrictErrorHandler());

  private static <T extends IBaseResource> T read(Class<T> type, byte[] json) {
    return HAPI.parseResource(type, new String(json, UTF_8));
  }

  private static RiskAssessment assessment(
      String patient, int revision, RiskLevel low, RiskLevel high, Prediction... predictions) {
    return new RiskAssessment(
        patient,
        "e1",
        null,
        "w",
        null,
        "news2",
        "2017",
        TIME,
        revision,
        RiskAssessment.Status.FINAL,
        predictions,
        low,
        high,
        low == high ? new String[0] : new String[] {"hr", "rr"},
        null,
        null,
        null);
  }

  private static Alert alert(Alert.Event event, String patient, String feed) {
    return new Alert(
        "episode-1",
        patient,
        null,
        null,
        null,
        null,
        patient == null ? null : "news2",
        feed,
        event,
        Alert.Priority.HIGH,
        RiskLevel.HIGH,
        false,
        false,
        TIME,
        TIME.plusSeconds(60),
        "hr, rr",
        null,
        null);
  }

  @Test
  void anAssessmentIsARiskAssessmentWithItsLevelAndInterval() {
    FhirRiskAssessment format = new FhirRiskAssessment().withSystem("mrn", "urn:oid:1.2.3");
    var complete =
        read(
            org.hl7.fhir.r4.model.RiskAssessment.class,
            format.serialize(
                assessment(
                    "mrn|7", 1, RiskLevel.HIGH, RiskLevel.HIGH, new Prediction("score", 9, 9))));
    assertThat(complete.getStatus().toCode()).isEqualTo("final");
    assertThat(complete.getMethod().getCodingFirstRep().getCode()).isEqualTo("news2");
    assertThat(complete.getMethod().getCodingFirstRep().getVersion()).isEqualTo("2017");
    assertThat(complete.getSubject().getIdentifier().getSystem()).isEqualTo("urn:oid:1.2.3");
    assertThat(complete.getSubject().getIdentifier().getValue()).isEqualTo("7");
    assertThat(complete.getOccurrenceDateTimeType().getValue().toInstant()).isEqualTo(TIME);
    var prediction = complete.getPredictionFirstRep();
    assertThat(prediction.getQualitativeRisk().getCoding())
        .extracting(c -> c.getCode())
        .containsExactly("HIGH", "high");
    assertThat(prediction.getProbability()).isNull();
    Range interval = (Range) prediction.getExtensionFirstRep().getValue();
    assertThat(interval.getLow().getValue()).isEqualByComparingTo("9");
    assertThat(complete.getNote()).isEmpty();
  }

  @Test
  void whatIsMissingIsAnIntervalAndNeverLow() {
    RiskAssessment open =
        assessment(
            "Patient|p1", 1, RiskLevel.LOW, RiskLevel.HIGH, new Prediction("score", 0.07, 0.9));
    FhirRiskAssessment format = new FhirRiskAssessment();
    var read =
        read(
            org.hl7.fhir.r4.model.RiskAssessment.class,
            format.withProbability("news2", "score").serialize(open));
    assertThat(read.getSubject().getReference()).isEqualTo("Patient/p1");
    assertThat(read.getEncounter().getReference()).isEqualTo("Encounter/e1");
    var prediction = read.getPredictionFirstRep();
    assertThat(prediction.getQualitativeRisk().getText()).isEqualTo("LOW to HIGH");
    assertThat(prediction.getQualitativeRisk().getCoding())
        .extracting(c -> c.getCode())
        .containsExactly("UNKNOWN");
    assertThat(prediction.getProbabilityRange().getLow().getValue()).isEqualByComparingTo("7");
    assertThat(prediction.getProbabilityRange().getHigh().getValue()).isEqualByComparingTo("90");
    assertThat(read.getNoteFirstRep().getText()).isEqualTo("Unknown: hr, rr");
    RiskAssessment none = assessment("mrn|7", 1, RiskLevel.UNKNOWN, RiskLevel.UNKNOWN);
    assertThat(
            read(org.hl7.fhir.r4.model.RiskAssessment.class, format.serialize(none))
                .getPredictionFirstRep()
                .getQualitativeRisk()
                .getCodingFirstRep()
                .getCode())
        .isEqualTo("UNKNOWN");
  }

  @Test
  void revisionsOfOneMomentAreOneResource() {
    FhirRiskAssessment format = new FhirRiskAssessment();
    String first = id(format, assessment("mrn|7", 1, RiskLevel.LOW, RiskLevel.LOW));
    assertThat(id(format, assessment("mrn|7", 2, RiskLevel.HIGH, RiskLevel.HIGH))).isEqualTo(first);
    assertThat(id(format, assessment("mrn|8", 1, RiskLevel.LOW, RiskLevel.LOW)))
        .isNotEqualTo(first)
        .matches("[A-Za-z0-9.-]{1,64}");
    assertThat(FhirReferences.id("ab", "c")).isNotEqualTo(FhirReferences.id("a", "bc"));
  }

  private static String id(FhirRiskAssessment format, RiskAssessment assessment) {
    return read(org.hl7.fhir.r4.model.RiskAssessment.class, format.serialize(assessment))
        .getIdElement()
        .getIdPart();
  }

  @Test
  void anAlertIsAFlagWhoseStepsAreOneResource() {
    FhirFlag format = new FhirFlag();
    Flag raised = read(Flag.class, format.serialize(alert(Alert.Event.RAISED, "mrn|7", null)));
    assertThat(raised.getStatus().toCode()).isEqualTo("active");
    assertThat(raised.getPeriod().getStart().toInstant()).isEqualTo(TIME);
    assertThat(raised.getPeriod().getEnd()).isNull();
    assertThat(raised.getCode().getText()).isEqualTo("hr, rr");
    Flag cleared = read(Flag.class, format.serialize(alert(Alert.Event.CLEARED, "mrn|7", null)));
    assertThat(cleared.getStatus().toCode()).isEqualTo("inactive");
    assertThat(cleared.getPeriod().getEnd().toInstant()).isEqualTo(TIME.plusSeconds(60));
    assertThat(cleared.getIdElement().getIdPart()).isEqualTo(raised.getIdElement().getIdPart());
    assertThat(
            read(Flag.class, format.serialize(alert(Alert.Event.WITHDRAWN, "mrn|7", null)))
                .getStatus()
                .toCode())
        .isEqualTo("entered-in-error");
    Flag lost = read(Flag.class, format.serialize(alert(Alert.Event.FEED_LOST, null, "bedside")));
    assertThat(lost.getSubject().getType()).isEqualTo("Device");
    assertThat(lost.getSubject().getIdentifier().getValue()).isEqualTo("bedside");
  }

  @Test
  void observationsReadBackEqual() {
    Observation[] observations = {
      Observation.of(Vital.HEART_RATE, 80.5).withComparator(Observation.Comparator.LESS),
      Observation.of(Vital.HEART_RATE, 1e-7).withStatus(Status.CORRECTED),
      Observation.of("8867-4", Double.NaN, null).withStatus(Status.ENTERED_IN_ERROR),
    };
    Panel panel =
        Panel.of("Patient|p1", TIME, observations)
            .withStay("e1", null, null, null)
            .withIssued(TIME);
    FhirObservations format = new FhirObservations();

    byte[] written = format.serialize(panel);
    Bundle bundle = read(Bundle.class, written);
    Decoded decoded = Decoded.of(new FhirJson().withFallbackToResourceId(), written);

    assertThat(bundle.getEntry()).extracting(e -> e.getRequest().getUrl()).doesNotHaveDuplicates();
    assertThat(bundle.getEntryFirstRep().getRequest().getUrl())
        .isEqualTo(
            "Observation/" + bundle.getEntryFirstRep().getResource().getIdElement().getIdPart());
    assertThat(decoded.rejects()).isEmpty();
    assertThat(decoded.panels()).hasSize(3);
    for (int i = 0; i < 3; i++) {
      Panel read = decoded.panels().get(i);
      assertThat(read.patientId()).isEqualTo("Patient|p1");
      assertThat(read.encounter()).isEqualTo("e1");
      assertThat(read.time()).isEqualTo(TIME);
      assertThat(read.issued()).isEqualTo(TIME);
      assertThat(read.observations()[0].withId(null)).isEqualTo(observations[i]);
    }
    assertThat(format.serialize(panel)).isEqualTo(written);
  }

  @Test
  void textsRangesAndLocalCodesAreWrittenWhereFhirHasThem() {
    Observation coded = Observation.coded(Vital.CONSCIOUSNESS, "V");
    Observation date = Observation.coded(Vital.CONSCIOUSNESS, "1970-03-01");
    Observation local =
        new Observation(
            null,
            4.1,
            null,
            null,
            Status.PRELIMINARY,
            null,
            "K",
            "mmol",
            null,
            "f|K|1",
            null,
            3.5,
            Double.NaN,
            "L",
            null,
            0);
    Panel panel = Panel.of("mrn|7", TIME, coded, date, local);

    Bundle bundle = read(Bundle.class, new FhirObservations().serialize(panel));

    var first = (org.hl7.fhir.r4.model.Observation) bundle.getEntry().get(0).getResource();
    assertThat(first.getValueCodeableConcept().getCodingFirstRep().getCode()).isEqualTo("V");
    var second = (org.hl7.fhir.r4.model.Observation) bundle.getEntry().get(1).getResource();
    assertThat(second.getValueDateTimeType().getValueAsString()).isEqualTo("1970-03-01");
    var third = (org.hl7.fhir.r4.model.Observation) bundle.getEntry().get(2).getResource();
    assertThat(third.getCode().getCodingFirstRep().getSystem()).isEqualTo("urn:medflink:local");
    assertThat(third.getValueQuantity().getUnit()).isEqualTo("mmol");
    assertThat(third.getValueQuantity().getSystem()).isNull();
    assertThat(third.getReferenceRangeFirstRep().getLow().getValue()).isEqualByComparingTo("3.5");
    assertThat(third.getReferenceRangeFirstRep().hasHigh()).isFalse();
    assertThat(third.getInterpretationFirstRep().getCodingFirstRep().getCode()).isEqualTo("L");
  }

  @Test
  void refusesWhatHasNoPatientOrNoNumber() {
    Panel infinite = Panel.of("mrn|7", TIME, Observation.of("8867-4", 1 / 0.0, "/min"));
    assertThatThrownBy(() -> new FhirObservations().serialize(infinite))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("IMPOSSIBLE_VALUE in observations[0].value");
    assertThatThrownBy(() -> new FhirFlag().serialize(alert(Alert.Event.RAISED, null, null)))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("NO_PATIENT_ID");
    for (String key : new String[] {"7", "|7", "mrn|"}) {
      assertThatThrownBy(
              () ->
                  new FhirRiskAssessment()
                      .serialize(assessment(key, 1, RiskLevel.LOW, RiskLevel.LOW)))
          .isInstanceOf(BadInputException.class);
    }
  }
}
