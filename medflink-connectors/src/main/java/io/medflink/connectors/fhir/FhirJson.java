// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import com.fasterxml.jackson.core.JsonParser;
import io.medflink.connectors.formats.Rejects;
import io.medflink.connectors.formats.StrictJson;
import io.medflink.core.BadInputException;
import io.medflink.core.Decoder;
import io.medflink.core.Message;
import io.medflink.core.Panel;
import io.medflink.core.RejectCode;
import java.io.IOException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The format {@code fhir-json}: FHIR R4 and R5 Observation and Patient resources, alone (also as
 * NDJSON lines), contained in others, and in bundles of any type and size. Other resources carry no
 * observation and give nothing.
 *
 * <p>An Observation is a panel: its value and each component's. Its time is {@code
 * effectiveDateTime}, {@code effectiveInstant} or the end of {@code effectivePeriod}; a date is
 * refused as imprecise. A LOINC coding wins over the others, else the first stands in the {@code
 * local…} fields; units count as UCUM where the Quantity says so. {@code unknown} status, a {@code
 * focus} and a {@code modifierExtension} are refused. A {@code cancelled} one is entered in error.
 *
 * <p>A Patient is a panel of birth date (LOINC 21112-8) and sex (46098-0) at 00:00 UTC of the birth
 * date, so that they are known at every later moment.
 *
 * <p>The patient's key is {@code authority|identifier} by the first of the given authorities that
 * the patient has, looked up in the same message (a bundle may give its Patient last). Without one
 * it is {@code Patient|id} where {@link #withFallbackToResourceId()} allows it (of one server's
 * resources, ids are unique), else {@code NO_PATIENT_ID}. Observations in other files than their
 * Patient know the id alone: don't give authorities for those.
 *
 * <p>JSON that cannot be read to its end is refused as a whole before anything of it is handed on.
 *
 * <p>Source: HL7 FHIR R4 (4.0.1) and R5 (5.0.0), Observation, Patient, Bundle, JSON representation.
 */
public final class FhirJson implements Decoder {
  private static final long serialVersionUID = 1;

  private final @Nullable String feed;
  private final @Nullable ZoneId zone;
  private final Map<String, String> authorities;
  private final boolean fallback;

  /** FHIR whose times state their zone, and no authority yet: each patient is refused. */
  public FhirJson() {
    this(null, null, new LinkedHashMap<>(), false);
  }

  private FhirJson(
      @Nullable String feed,
      @Nullable ZoneId zone,
      Map<String, String> authorities,
      boolean fallback) {
    this.feed = feed;
    this.zone = zone;
    this.authorities = authorities;
    this.fallback = fallback;
  }

  /** The same as sent by a feed. */
  public FhirJson withFeed(@Nullable String newFeed) {
    return new FhirJson(newFeed, zone, authorities, fallback);
  }

  /** The same for a sender whose times don't state their zone. */
  public FhirJson withZone(@Nullable ZoneId newZone) {
    return new FhirJson(feed, newZone, authorities, fallback);
  }

  /**
   * The same with one authority more, of lower priority than those given before.
   *
   * @param system the identifiers' {@code system}, a URI
   * @param authority what stands before the bar in patient keys, the same for every format
   */
  public FhirJson withAuthority(String system, String authority) {
    Map<String, String> more = new LinkedHashMap<>(authorities);
    more.putIfAbsent(system, authority);
    return new FhirJson(feed, zone, more, fallback);
  }

  /** The same where patients without an identifier of an authority are {@code Patient|id}. */
  public FhirJson withFallbackToResourceId() {
    return new FhirJson(feed, zone, authorities, true);
  }

  @Override
  public void decode(Message message, Out out) {
    Rejects rejects = new Rejects(message, feed, out::rejected);
    PatientKeys keys = new PatientKeys(authorities, fallback);
    List<Resource> alone;
    try {
      // The first pass proves the JSON, learns the patients and keeps what is not in a bundle.
      alone = StrictJson.read(message.payload(), parser -> firstPass(parser, keys));
    } catch (BadInputException e) {
      rejects.add(e.code(), e.field());
      rejects.flush();
      return;
    }
    Consumer<Resource> reader = reader(message, keys, out, rejects);
    if (alone.isEmpty()) {
      StrictJson.readAgain(message.payload(), parser -> Resources.visit(parser, reader));
    } else {
      alone.forEach(reader);
    }
  }

  private static List<Resource> firstPass(JsonParser parser, PatientKeys keys) throws IOException {
    List<Resource> alone = new ArrayList<>();
    Resources.visit(
        parser,
        resource -> {
          if (resource.type().equals("Patient")) {
            keys.learn(resource);
          }
          if (resource.isAlone()) {
            alone.add(resource);
          }
        });
    return alone;
  }

  private Consumer<Resource> reader(Message message, PatientKeys keys, Out out, Rejects rejects) {
    ObservationPanels observations =
        new ObservationPanels(feed, zone, message.received(), keys, rejects);
    PatientPanels patients = new PatientPanels(feed, zone, message.received(), keys, rejects);
    return resource -> {
      Panel panel = null;
      try {
        panel =
            switch (resource.type()) {
              case "Observation" -> observations.read(resource);
              case "Patient" -> patients.read(resource);
              default -> {
                String field = resource.content().at("resourceType");
                throw new BadInputException(RejectCode.UNDECODABLE, field);
              }
            };
      } catch (BadInputException e) {
        rejects.add(e.code(), e.field());
      }
      rejects.flush();
      if (panel != null) {
        out.panel(panel);
      }
    };
  }
}
