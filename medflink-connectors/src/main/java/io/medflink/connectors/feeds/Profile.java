// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.feeds;

import io.medflink.core.Observation.Method;
import java.io.Serializable;
import java.time.Duration;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one sender. Immutable by contract: nobody writes into its collections.
 *
 * @param feed its name: in every record that comes from it, and in the {@code CodeMap}
 * @param zone of its times that state none; null: those are refused
 * @param authorities who gives out its patients' identifiers, by priority: as the sender writes it,
 *     then the name that stands before the bar in patient keys. HL7 v2 may add the identifier type:
 *     {@code NHS^NH}, {@code ^MR}; FHIR writes a URI
 * @param fallback whether a patient without any of these counts under the sender's own name for it
 * @param processing what of MSH-11.1 is real traffic; the rest is counted and goes no further
 * @param testPatients keys of patients who don't exist; a {@code *} at the end stands for any rest
 * @param codes where its code map lies, null for none
 * @param times where the event time stands, the first that says one
 * @param tolerance how far a time may lie after its receipt
 * @param interval how often it is expected to send, null when nobody says
 * @param method how its values come to be where a message doesn't tell, null when unknown
 * @param characterSet of messages that don't state theirs (MSH-18)
 */
public record Profile(
    String feed,
    @Nullable ZoneId zone,
    Map<String, String> authorities,
    boolean fallback,
    Set<String> processing,
    Set<String> testPatients,
    @Nullable String codes,
    List<TimeField> times,
    Duration tolerance,
    @Nullable Duration interval,
    @Nullable Method method,
    String characterSet)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** A field of HL7 v2 that may tell when a value was measured or its specimen taken. */
  public enum TimeField {
    /** Date/time of the observation. */
    OBX_14,
    /** Specimen collection date/time. */
    SPM_17,
    /** Observation date/time of the order. */
    OBR_7
  }

  /** A sender of which nothing is known but its name: its patients are all refused. */
  public static Profile of(String feed) {
    return new Profile(
        feed,
        null,
        Map.of(),
        false,
        Set.of("P"),
        Set.of(),
        null,
        List.of(TimeField.values()),
        Duration.ofMinutes(5),
        null,
        null,
        "UTF-8");
  }

  /** This sender under another name. */
  public Profile withFeed(String newFeed) {
    return new Profile(
        newFeed,
        zone,
        authorities,
        fallback,
        processing,
        testPatients,
        codes,
        times,
        tolerance,
        interval,
        method,
        characterSet);
  }

  /** This sender with its zone. */
  public Profile withZone(@Nullable ZoneId newZone) {
    return new Profile(
        feed,
        newZone,
        authorities,
        fallback,
        processing,
        testPatients,
        codes,
        times,
        tolerance,
        interval,
        method,
        characterSet);
  }

  /** This sender with one authority more, of lower priority than those given before. */
  public Profile withAuthority(String sent, String authority) {
    Map<String, String> more = new LinkedHashMap<>(authorities);
    more.putIfAbsent(sent, authority);
    return new Profile(
        feed,
        zone,
        more,
        fallback,
        processing,
        testPatients,
        codes,
        times,
        tolerance,
        interval,
        method,
        characterSet);
  }

  /** This sender, whose patients without an authority count under its own name for them. */
  public Profile withFallback() {
    return new Profile(
        feed,
        zone,
        authorities,
        true,
        processing,
        testPatients,
        codes,
        times,
        tolerance,
        interval,
        method,
        characterSet);
  }

  /** This sender with what of MSH-11 is real traffic. */
  public Profile withProcessing(String... accepted) {
    return new Profile(
        feed,
        zone,
        authorities,
        fallback,
        Set.of(accepted),
        testPatients,
        codes,
        times,
        tolerance,
        interval,
        method,
        characterSet);
  }

  /** Whether a patient doesn't exist. */
  public boolean isTestPatient(String patientId) {
    if (testPatients.isEmpty()) {
      return false;
    }
    return testPatients.contains(patientId)
        || testPatients.stream()
            .anyMatch(t -> t.endsWith("*") && patientId.startsWith(t.substring(0, t.length() - 1)));
  }

  /** The feed's name; never its patients'. */
  @Override
  public String toString() {
    return "Profile[" + feed + "]";
  }
}
