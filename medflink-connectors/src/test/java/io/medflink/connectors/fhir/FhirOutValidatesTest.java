// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.SingleValidationMessage;
import io.medflink.core.Alert;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import io.medflink.core.Prediction;
import io.medflink.core.RiskAssessment;
import io.medflink.core.RiskLevel;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.junit.jupiter.api.Test;

/**
 * All that is written holds against the definitions of FHIR R4: structure, cardinalities, value
 * sets and invariants, as HAPI FHIR's validator reads them.
 */
class FhirOutValidatesTest {
  private static final Instant TIME = Instant.parse("2026-11-24T08:00:00.500Z");
  private static final FhirValidator VALIDATOR = validator();

  private static FhirValidator validator() {
    FhirContext fhir = FhirContext.forR4();
    ValidationSupportChain support =
        new ValidationSupportChain(
            new DefaultProfileValidationSupport(fhir),
            new CommonCodeSystemsTerminologyService(fhir),
            new InMemoryTerminologyServerValidationSupport(fhir));
    FhirInstanceValidator instance = new FhirInstanceValidator(support);
    // Codes of ours are of no published code system.
    instance.setErrorForUnknownProfiles(false);
    return fhir.newValidator().registerValidatorModule(instance);
  }

  private static List<String> errors(byte[] resource) {
    return VALIDATOR.validateWithResult(new String(resource, UTF_8)).getMessages().stream()
        .filter(m -> m.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0)
        .map(FhirOutValidatesTest::told)
        .toList();
  }

  private static String told(SingleValidationMessage message) {
    return message.getLocationString() + ": " + message.getMessage();
  }

  /** Valid as it is, and in the bundle that goes to a server. */
  private static <T> void assertValid(FhirUpdates<T> updates, T element, byte[] resource) {
    assertThat(errors(resource)).isEmpty();
    // As the sink does: one identity at most once in a bundle.
    Map<String, FhirUpdate> put = new LinkedHashMap<>();
    updates.of(element, update -> put.put(update.url(), update));
    assertThat(errors(FhirBundle.of(List.copyOf(put.values())))).isEmpty();
  }

  @Test
  void everyKindOfAssessmentValidates() {
    FhirRiskAssessment format =
        new FhirRiskAssessment()
            .withSystem("mrn", "urn:oid:2.16.840.1.113883.19.5")
            .withProbability("model", "probability");
    int checked = 0;
    for (RiskAssessment.Status status : RiskAssessment.Status.values()) {
      for (RiskLevel low : RiskLevel.values()) {
        RiskLevel high = checked % 2 == 0 ? low : RiskLevel.HIGH;
        for (Prediction[] predictions :
            new Prediction[][] {
              {},
              {new Prediction("score", 3, 3)},
              {new Prediction("probability", 0.01, 0.2), new Prediction("score", Math.PI, 9)}
            }) {
          boolean open = predictions.length > 0 && low != high;
          RiskAssessment assessment =
              new RiskAssessment(
                  checked % 2 == 0 ? "mrn|7" : "Patient|p7",
                  checked % 3 == 0 ? null : "stay 1",
                  null,
                  "w",
                  null,
                  "model",
                  "1",
                  TIME,
                  2,
                  status,
                  predictions,
                  low,
                  high,
                  open ? new String[] {"hr"} : new String[0],
                  checked % 2 == 0 ? null : "outside its ages",
                  null,
                  null);
          assertValid(format::updates, assessment, format.serialize(assessment));
          checked++;
        }
      }
    }
    assertThat(checked).isEqualTo(60);
  }

  @Test
  void everyStepOfAnAlertValidates() {
    FhirFlag format = new FhirFlag();
    for (Alert.Event event : Alert.Event.values()) {
      for (Alert.Priority priority : Alert.Priority.values()) {
        boolean ofFeed = event == Alert.Event.FEED_LOST;
        Alert alert =
            new Alert(
                "episode-1",
                ofFeed ? null : "mrn|7",
                ofFeed ? null : "e1",
                "f",
                "w",
                "1",
                ofFeed ? null : "news2",
                "monitors",
                event,
                priority,
                RiskLevel.MEDIUM,
                event == Alert.Event.HISTORICAL,
                false,
                TIME,
                TIME.plusSeconds(60),
                "hr, rr",
                priority == Alert.Priority.LOW ? "episode-0" : null,
                null);
        assertValid(format::updates, alert, format.serialize(alert));
      }
    }
  }

  private static Observation observation(
      String code, double value, String text, String unit, Observation.Status status) {
    boolean canonical = code != null && !code.startsWith("local");
    return new Observation(
        canonical ? code : null,
        value,
        canonical ? text : null,
        unit,
        status,
        canonical ? null : "urn:hospital:codes",
        canonical ? null : code,
        unit == null ? "bpm" : null,
        canonical ? null : text,
        "order-1",
        unit == null ? null : Observation.Comparator.of("<"),
        unit == null ? Double.NaN : 60,
        unit == null ? Double.NaN : 100,
        unit == null ? null : "H",
        Observation.Method.DEVICE,
        0);
  }

  @Test
  void everyKindOfObservationValidates() {
    FhirObservations format = new FhirObservations();
    for (Observation.Status status : Observation.Status.values()) {
      Observation[] observations = {
        observation("8867-4", 88, null, "/min", status),
        observation("8867-4", 88.125, null, "{beats}/min", status),
        observation("67775-7", Double.NaN, "V", null, status),
        observation("medflink:spo2-scale", 2, null, null, status),
        observation("local-1", Double.NaN, "sleepy", null, status),
        observation("local-2", Double.NaN, "2026-11-24", null, status),
        observation("8867-4", Double.NaN, null, null, status),
        observation(null, Double.NaN, "no code", null, status),
      };
      Panel panel =
          new Panel(
              "mrn|7", "e1", null, "w", null, TIME, TIME, TIME, "f", new String[0], observations);
      assertValid(format::updates, panel, format.serialize(panel));
    }
  }

  @Test
  void whatIsBrokenDoesNot() {
    Alert alert = Episodes.alert(0);
    String flag = new String(new FhirFlag().serialize(alert), UTF_8);
    assertThat(errors(flag.getBytes(UTF_8))).isEmpty();
    assertThat(errors(flag.replace("\"active\"", "\"going on\"").getBytes(UTF_8)))
        .isNotEmpty()
        .allMatch(error -> error.startsWith("Flag.status"));
    assertThat(errors(flag.replace("\"code\":{", "\"kode\":{").getBytes(UTF_8))).isNotEmpty();
    assertThat(errors(flag.replace("2026-11-24T08:00:00Z", "yesterday").getBytes(UTF_8)))
        .isNotEmpty();
  }
}
