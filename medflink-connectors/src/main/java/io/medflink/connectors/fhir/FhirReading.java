// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import io.medflink.connectors.formats.Rejects;
import io.medflink.core.BadInputException;
import io.medflink.core.Control;
import io.medflink.core.Decoder;
import io.medflink.core.Message;
import io.medflink.core.Movement;
import io.medflink.core.Panel;
import io.medflink.core.RejectCode;
import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How FHIR is read, the same from JSON and XML.
 *
 * @param feed the sender
 * @param zone of times that state none
 * @param authorities what stands before the bar in patient keys by the identifiers' system, by
 *     falling priority
 * @param fallback whether patients without an identifier of these are {@code Patient|id}
 */
record FhirReading(
    @Nullable String feed, @Nullable ZoneId zone, Map<String, String> authorities, boolean fallback)
    implements Serializable {

  /** Of no feed, zone and authority. */
  static final FhirReading STRICT = new FhirReading(null, null, new LinkedHashMap<>(), false);

  FhirReading withFeed(@Nullable String newFeed) {
    return new FhirReading(newFeed, zone, authorities, fallback);
  }

  FhirReading withZone(@Nullable ZoneId newZone) {
    return new FhirReading(feed, newZone, authorities, fallback);
  }

  FhirReading withAuthority(String system, String authority) {
    Map<String, String> more = new LinkedHashMap<>(authorities);
    more.putIfAbsent(system, authority);
    return new FhirReading(feed, zone, more, fallback);
  }

  FhirReading withFallback() {
    return new FhirReading(feed, zone, authorities, true);
  }

  /** Reads a message. */
  void decode(Message message, Resources.Source source, Decoder.Out out) {
    OneMessage one = new OneMessage(this, message.received(), new Rejects(message, feed, out), out);
    List<Resource> alone = new ArrayList<>(1);
    try {
      // The first pass proves the message, learns who and where, and keeps what is in no bundle.
      source.walk(
          message.payload(),
          false,
          resource -> {
            one.learn(resource);
            if (resource.isAlone()) {
              alone.add(resource);
            }
          });
    } catch (BadInputException e) {
      one.rejects.add(e.code(), e.field());
      one.rejects.flush();
      return;
    }
    if (alone.isEmpty()) {
      source.walk(message.payload(), true, one);
    } else {
      for (Resource resource : alone) {
        one.accept(resource);
      }
    }
  }

  /** What the resources of one message become. */
  private static final class OneMessage implements Consumer<Resource> {
    private final PatientKeys keys;
    private final Places places = new Places();
    private final EncounterIds encounters = new EncounterIds();
    private final Rejects rejects;
    private final Decoder.Out out;
    private final ObservationPanels observations;
    private final PatientPanels patients;
    private final PatientMovements histories;
    private final EncounterMovements stays;
    private final FhirControls controls;

    OneMessage(FhirReading how, @Nullable Instant received, Rejects rejects, Decoder.Out out) {
      this.rejects = rejects;
      this.out = out;
      keys = new PatientKeys(how.authorities, how.fallback);
      observations = new ObservationPanels(how.feed, how.zone, received, keys, encounters, rejects);
      patients = new PatientPanels(how.feed, how.zone, received, keys, rejects);
      histories = new PatientMovements(how.feed, how.zone, received, keys, rejects);
      stays = new EncounterMovements(how.feed, how.zone, received, keys, places, rejects);
      controls = new FhirControls(how.zone, keys);
    }

    void learn(Resource resource) {
      switch (resource.type()) {
        case "Patient" -> keys.learn(resource);
        case "Encounter" -> encounters.learn(resource);
        case "Location" -> places.learn(resource);
        case "Flag" -> controls.learn(resource);
        default -> {}
      }
    }

    @Override
    public void accept(Resource resource) {
      Panel panel = null;
      List<Movement> movements = List.of();
      Control control = null;
      try {
        switch (resource.type()) {
          case "Observation" -> panel = observations.read(resource);
          case "Patient" -> {
            panel = patients.read(resource);
            movements = new ArrayList<>(1);
            histories.read(resource, movements);
          }
          case "Encounter" -> {
            movements = new ArrayList<>();
            stays.read(resource, movements);
          }
          case "Flag", "DetectedIssue", "Task" -> control = controls.read(resource);
          default -> other(resource);
        }
      } catch (BadInputException e) {
        rejects.add(e.code(), e.field());
      }
      boolean refused = rejects.flush();
      if (panel != null) {
        out.panel(panel);
      }
      for (Movement movement : movements) {
        out.movement(movement);
      }
      if (control != null) {
        out.control(control);
      }
      if (panel == null && movements.isEmpty() && control == null && !refused) {
        out.ignored(resource.type());
      }
    }

    private static void other(Resource resource) {
      FhirObject content = resource.content();
      if (resource.type().equals(Resource.DELETED)) {
        String url = content.text("url");
        if (url == null || url.matches("(.*/)?(Observation|Patient|Encounter)/.*")) {
          // Something that was used is withdrawn, and nobody says whose it was.
          throw new BadInputException(RejectCode.NO_PATIENT_ID, content.at("url"));
        }
      } else if (!ResourceTypes.isKnown(resource.type())) {
        throw new BadInputException(RejectCode.UNDECODABLE, content.at("resourceType"));
      }
    }
  }
}
