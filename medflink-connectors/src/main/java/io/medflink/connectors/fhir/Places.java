// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import io.medflink.core.BadInputException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a Location is: its Locations up to the site by {@code partOf}, as far as the same message
 * tells. A name is the Location's identifier, else its id.
 */
final class Places {
  /** Longer chains are circles. */
  private static final int LONGEST = 16;

  /** A facility, ward and bed, each null when not told. */
  record Place(@Nullable String facility, @Nullable String ward, @Nullable String bed) {
    static final Place UNKNOWN = new Place(null, null, null);

    /** Both told of one moment; what they tell differently is not told. */
    Place and(Place other) {
      return new Place(
          both(facility, other.facility), both(ward, other.ward), both(bed, other.bed));
    }

    private static @Nullable String both(@Nullable String one, @Nullable String other) {
      return one == null || Objects.equals(one, other) ? other : other == null ? one : null;
    }

    Place orFacility(@Nullable String otherwise) {
      return facility == null ? new Place(otherwise, ward, bed) : this;
    }
  }

  private record Known(String name, @Nullable String kind, @Nullable String partOf) {}

  private final Map<String, Known> known = new HashMap<>();

  /** Remembers a Location under the names by which the same message may refer to it. */
  void learn(Resource location) {
    try {
      String id = location.id();
      Known place = known(location.content(), id);
      if (place != null && location.fullUrl() != null) {
        known.put(location.fullUrl(), place);
      }
      if (place != null && id != null) {
        known.put("Location/" + id, place);
      }
    } catch (BadInputException e) {
      // A Location carries no value: where it can't be read, the place is its id.
      return;
    }
  }

  private static @Nullable Known known(FhirObject location, @Nullable String id) {
    String name = null;
    for (FhirObject identifier : location.objects("identifier")) {
      name = name == null ? identifier.text("value") : name;
    }
    name = name == null ? id : name;
    FhirObject parent = location.object("partOf");
    String partOf = parent == null ? null : parent.text("reference");
    return name == null ? null : new Known(name, kind(location), partOf);
  }

  /** Where {@code Encounter.location} says that the patient is. */
  Place of(FhirObject encounterLocation, Resource encounter) {
    FhirObject location = encounterLocation.object("location");
    Known first = location == null ? null : referred(location, encounter);
    if (first == null) {
      return Place.UNKNOWN;
    }
    String told = kind(encounterLocation);
    return up(new Known(first.name, told == null ? first.kind : told, first.partOf));
  }

  private @Nullable Known referred(FhirObject location, Resource encounter) {
    String reference = location.text("reference");
    if (reference != null && reference.startsWith("#")) {
      Resource container = encounter.container() == null ? encounter : encounter.container();
      for (FhirObject inner : container.content().objects("contained")) {
        if (reference.substring(1).equals(inner.text("id"))) {
          // Its id is known only here: without an identifier it has no name.
          return known(inner, null);
        }
      }
      return null;
    }
    Known found = reference == null ? null : find(reference);
    FhirObject identifier = location.object("identifier");
    String name = identifier == null ? null : identifier.text("value");
    name = name == null ? Resource.localPart(reference) : name;
    return found != null || name == null ? found : new Known(name, null, null);
  }

  private Place up(Known first) {
    Place place = Place.UNKNOWN;
    Known at = first;
    for (int i = 0; at != null && i < LONGEST; i++) {
      place = place.and(alone(at, i == 0));
      at = at.partOf == null ? null : find(at.partOf);
    }
    return place;
  }

  /** FHIR's location-physical-type; a place of no kind that a patient is in counts as a ward. */
  private static Place alone(Known at, boolean lowest) {
    String kind = at.kind == null ? (lowest ? "wa" : "") : at.kind;
    return switch (kind) {
      case "bd" -> new Place(null, null, at.name);
      case "wa" -> new Place(null, at.name, null);
      case "si", "bu", "ho" -> new Place(at.name, null, null);
      default -> Place.UNKNOWN;
    };
  }

  private @Nullable Known find(String reference) {
    Known found = known.get(reference);
    return found == null ? known.get("Location/" + Resource.localPart(reference)) : found;
  }

  /** {@code physicalType} of R4, {@code form} of R5. */
  private static @Nullable String kind(FhirObject content) {
    for (String name : List.of("physicalType", "form")) {
      FhirObject concept = content.object(name);
      if (concept != null) {
        for (FhirObject coding : concept.objects("coding")) {
          return coding.text("code");
        }
      }
    }
    return null;
  }
}
