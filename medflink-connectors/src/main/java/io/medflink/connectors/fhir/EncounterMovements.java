// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import io.medflink.connectors.fhir.Places.Place;
import io.medflink.connectors.formats.IsoTime;
import io.medflink.connectors.formats.Rejects;
import io.medflink.core.BadInputException;
import io.medflink.core.Movement;
import io.medflink.core.Movement.Kind;
import io.medflink.core.RejectCode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One Encounter resource, which is a state, to the movements that led to it. Sent again after a
 * change, it tells the earlier ones again, the same but for {@code recorded}.
 */
final class EncounterMovements {
  private final @Nullable String feed;
  private final @Nullable ZoneId zone;
  private final @Nullable Instant received;
  private final PatientKeys keys;
  private final Places places;
  private final Rejects rejects;

  EncounterMovements(
      @Nullable String feed,
      @Nullable ZoneId zone,
      @Nullable Instant received,
      PatientKeys keys,
      Places places,
      Rejects rejects) {
    this.feed = feed;
    this.zone = zone;
    this.received = received;
    this.keys = keys;
    this.places = places;
    this.rejects = rejects;
  }

  /**
   * Adds an Encounter's movements; a planned one has none yet.
   *
   * @throws BadInputException when none of it can be used
   */
  void read(Resource resource, List<Movement> movements) {
    FhirObject content = resource.content();
    String status = content.text("status");
    boolean over = false;
    switch (status == null ? "" : status) {
      case "planned" -> {
        return;
      }
      case "cancelled", "entered-in-error" -> {
        new Stay(resource, movements).cancel();
        return;
      }
      case "arrived", "triaged", "in-progress", "onleave", "on-hold" -> {}
      case "finished", "discharged", "completed", "discontinued" -> over = true;
      // FHIR's "unknown" too: it may be entered in error.
      default -> throw new BadInputException(RejectCode.UNKNOWN_STATUS, content.at("status"));
    }
    ObservationPanels.unmodified(content);
    new Stay(resource, movements).tell(over);
  }

  /** One Encounter. */
  private final class Stay {
    private final Resource resource;
    private final FhirObject content;
    private final @Nullable FhirObject period;
    private final String patient;
    private final @Nullable String id;
    private final @Nullable Instant recorded;
    private final List<Movement> movements;

    Stay(Resource resource, List<Movement> movements) {
      this.resource = resource;
      this.movements = movements;
      content = resource.content();
      FhirObject planned = content.object("period");
      // R5 calls it so, for it has a planned one too.
      period = planned == null ? content.object("actualPeriod") : planned;
      patient = keys.subjectOf(resource).key();
      id = resource.id();
      recorded = ObservationPanels.lastUpdated(content, zone);
    }

    /** What is cancelled never took place, whenever it was to begin. */
    void cancel() {
      Instant start = period == null || !period.has("start") ? recorded : start();
      if (start == null) {
        throw new BadInputException(RejectCode.NO_TIME, content.at("period.start"));
      }
      add(Kind.CANCEL_ADMIT, Place.UNKNOWN, start);
    }

    void tell(boolean over) {
      Instant start = null;
      try {
        start = start();
      } catch (BadInputException e) {
        rejects.add(e.code(), e.field());
      }
      NavigableMap<Instant, Place> stations = new TreeMap<>();
      Place at = stations(stations);
      if (start != null) {
        Map.Entry<Instant, Place> first = stations.floorEntry(start);
        at = first == null ? at : first.getValue();
        add(Kind.ADMIT, at, start);
        stations.headMap(start, true).clear();
      }
      for (Map.Entry<Instant, Place> station : stations.entrySet()) {
        at = station.getValue();
        add(Kind.TRANSFER, at, station.getKey());
      }
      absences(at);
      if (over) {
        end(at);
      }
    }

    private void end(Place last) {
      try {
        if (period == null || period.text("end") == null) {
          throw new BadInputException(RejectCode.NO_TIME, content.at("period.end"));
        }
        add(Kind.DISCHARGE, last, moment(period, "end"));
      } catch (BadInputException e) {
        rejects.add(e.code(), e.field());
      }
    }

    /** Collects the places by their start; returns the one that is told without. */
    private Place stations(NavigableMap<Instant, Place> stations) {
      FhirObject provider = content.object("serviceProvider");
      String facility = provider == null ? null : organisation(provider);
      Place always = Place.UNKNOWN;
      for (FhirObject location : content.objects("location")) {
        String status = location.text("status");
        if ("planned".equals(status) || "reserved".equals(status)) {
          continue;
        }
        FhirObject during = location.object("period");
        Place place = places.of(location, resource);
        try {
          if (during == null || during.text("start") == null) {
            always = always.and(place);
          } else {
            stations.merge(moment(during, "start"), place, Place::and);
          }
        } catch (BadInputException e) {
          rejects.add(e.code(), e.field());
        }
      }
      stations.replaceAll((start, place) -> place.orFacility(facility));
      return always.orFacility(facility);
    }

    /** Leave, which only {@code statusHistory} dates. */
    private void absences(Place place) {
      boolean dated = false;
      for (FhirObject before : content.objects("statusHistory")) {
        FhirObject during = before.object("period");
        if ("onleave".equals(before.text("status")) && during != null) {
          dated = true;
          try {
            add(Kind.LEAVE, place, moment(during, "start"));
            if (during.text("end") != null) {
              add(Kind.RETURN, place, moment(during, "end"));
            }
          } catch (BadInputException e) {
            rejects.add(e.code(), e.field());
          }
        }
      }
      String status = content.text("status");
      if (!dated && ("onleave".equals(status) || "on-hold".equals(status))) {
        rejects.add(RejectCode.NO_TIME, content.at("statusHistory"));
      }
    }

    private Instant start() {
      if (period == null || period.text("start") == null) {
        throw new BadInputException(RejectCode.NO_TIME, content.at("period.start"));
      }
      return moment(period, "start");
    }

    private Instant moment(FhirObject during, String end) {
      String text = during.text(end);
      if (text == null) {
        throw new BadInputException(RejectCode.NO_TIME, during.at(end));
      }
      return IsoTime.moment(text, zone, during.at(end));
    }

    private void add(Kind kind, Place place, Instant occurred) {
      movements.add(
          new Movement(
              kind,
              patient,
              null,
              id,
              null,
              place.facility(),
              place.ward(),
              place.bed(),
              null,
              occurred,
              recorded,
              received,
              feed));
    }
  }

  private static @Nullable String organisation(FhirObject provider) {
    FhirObject identifier = provider.object("identifier");
    String name = identifier == null ? null : identifier.text("value");
    return name == null ? Resource.localPart(provider.text("reference")) : name;
  }
}
