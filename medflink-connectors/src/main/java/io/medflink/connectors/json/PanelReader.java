// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.medflink.connectors.formats.IsoTime;
import io.medflink.connectors.formats.Rejects;
import io.medflink.core.BadInputException;
import io.medflink.core.ChartEvent;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import io.medflink.core.RejectCode;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one line: a panel, keeping apart the observations that are bad, or by its {@code kind} a
 * movement or decision.
 */
final class PanelReader {
  private final @Nullable ZoneId zone;
  private final List<ObservationReader> refused = new ArrayList<>();
  private final List<Observation> observations = new ArrayList<>();
  private boolean observed;
  private @Nullable String patientId;
  private @Nullable String encounter;
  private @Nullable String facility;
  private @Nullable String ward;
  private @Nullable String bed;
  private @Nullable Instant time;
  private @Nullable Instant issued;
  private @Nullable Instant received;
  private @Nullable String feed;
  private final List<String> identifiers = new ArrayList<>();
  private final EventFields event = new EventFields();

  PanelReader(@Nullable String feed, @Nullable ZoneId zone, @Nullable Instant received) {
    this.feed = feed;
    this.zone = zone;
    this.received = received;
  }

  ChartEvent read(JsonParser p) throws IOException {
    if (!p.isExpectedStartObjectToken()) {
      throw new BadInputException(RejectCode.UNDECODABLE, null);
    }
    while (p.nextToken() != JsonToken.END_OBJECT) {
      String name = p.currentName();
      if (p.nextToken() != JsonToken.VALUE_NULL) {
        field(p, name);
      }
    }
    if (event.isTold()) {
      refuseFieldsOfPanels();
      return event.event(patientId, encounter, facility, ward, bed, issued, received, feed);
    }
    if (patientId == null || patientId.isBlank()) {
      throw new BadInputException(RejectCode.NO_PATIENT_ID, "patient_id");
    }
    if (time == null) {
      throw new BadInputException(RejectCode.NO_TIME, "time");
    }
    if (!observed) {
      throw new BadInputException(RejectCode.UNDECODABLE, "observations");
    }
    return new Panel(
        patientId,
        encounter,
        facility,
        ward,
        bed,
        time,
        issued,
        received,
        feed,
        identifiers.toArray(String[]::new),
        observations.toArray(Observation[]::new));
  }

  @Nullable String feed() {
    return feed;
  }

  /** Hands out the observations that were refused. */
  void refuse(Rejects rejects, Instant at) {
    for (ObservationReader o : refused) {
      o.refuse(rejects, at);
    }
  }

  /** A movement or decision has none of these. */
  private void refuseFieldsOfPanels() {
    String field = observed ? "observations" : time != null ? "time" : null;
    if (field != null || !identifiers.isEmpty()) {
      throw new BadInputException(RejectCode.UNDECODABLE, field == null ? "identifiers" : field);
    }
  }

  private void field(JsonParser p, String name) throws IOException {
    switch (name) {
      case "patient_id" -> patientId = text(p, name);
      case "encounter" -> encounter = text(p, name);
      case "facility" -> facility = text(p, name);
      case "ward" -> ward = text(p, name);
      case "bed" -> bed = text(p, name);
      case "time" -> time = moment(p, name);
      case "issued" -> issued = moment(p, name);
      case "received" -> received = moment(p, name);
      case "feed" -> feed = text(p, name);
      case "identifiers" -> {
        array(p, name);
        while (p.nextToken() != JsonToken.END_ARRAY) {
          identifiers.add(text(p, name + "[" + identifiers.size() + "]"));
        }
      }
      case "observations" -> {
        array(p, name);
        observed = true;
        for (int i = 0; p.nextToken() != JsonToken.END_ARRAY; i++) {
          ObservationReader reader = new ObservationReader(name + "[" + i + "]");
          Observation observation = reader.read(p);
          if (observation == null) {
            refused.add(reader);
          } else {
            observations.add(observation);
          }
        }
      }
      default -> event.field(p, name, zone);
    }
  }

  private Instant moment(JsonParser p, String field) throws IOException {
    return IsoTime.moment(text(p, field), zone, field);
  }

  private static void array(JsonParser p, String field) {
    if (!p.isExpectedStartArrayToken()) {
      throw new BadInputException(RejectCode.UNDECODABLE, field);
    }
  }

  static String text(JsonParser p, String field) throws IOException {
    if (p.currentToken() != JsonToken.VALUE_STRING) {
      throw new BadInputException(RejectCode.UNDECODABLE, field);
    }
    return p.getText();
  }
}
