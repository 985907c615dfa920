// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import io.medflink.core.BadInputException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What reading a message in JSON and in XML have in common: bundles (also in bundles) are streamed
 * entry by entry, one resource is kept at a time, those of no interest only by their type and for
 * what they contain.
 */
final class Resources {
  /** Walks over a message's resources. */
  interface Source {
    /**
     * Visits each resource and each entry without one, contained resources first.
     *
     * @param proven whether it was walked over before, so that what the visitor throws goes through
     */
    void walk(byte[] message, boolean proven, Consumer<Resource> visitor);
  }

  /** The types that are read wherever they stand. */
  private static final Set<String> RECORDS = Set.of("Observation", "Patient", "Encounter");

  /** Of each type that is read the properties that are. */
  private static final Map<String, Set<String>> READ =
      Map.of(
          "Observation",
          names(
              "id meta status code subject focus encounter effectiveDateTime effectiveInstant"
                  + " effectivePeriod effectiveTiming issued dataAbsentReason interpretation"
                  + " referenceRange component hasMember derivedFrom device modifierExtension"
                  + " contained resourceType"),
          "Patient",
          names(
              "id meta identifier birthDate gender link deceasedDateTime deceasedBoolean contained"
                  + " resourceType"),
          "Encounter",
          names(
              "id meta status subject period actualPeriod location statusHistory serviceProvider"
                  + " modifierExtension contained resourceType"),
          "Location",
          names("id identifier partOf physicalType form contained resourceType"),
          "Flag",
          names("id meta identifier status subject period author contained resourceType"),
          "DetectedIssue",
          names(
              "id meta identifier status patient subject implicated mitigation contained"
                  + " resourceType"),
          "Task",
          names(
              "id meta status code focus for requester owner authoredOn lastModified restriction"
                  + " executionPeriod reasonCode input contained resourceType"));

  /** Of the other types. */
  private static final Set<String> ALWAYS = names("id contained resourceType");

  private Resources() {}

  private static Set<String> names(String names) {
    return Set.of(names.split(" "));
  }

  /** Whether a resource's property is kept; the type is empty while it is not known. */
  static boolean isKept(String type, String name) {
    return type.isEmpty()
        || READ.getOrDefault(type, ALWAYS).contains(name)
        || (type.equals("Observation") && name.startsWith("value"));
  }

  /** A resource's type, empty when it has none. */
  static String type(FhirObject content) {
    return content.properties().get("resourceType") instanceof String type ? type : "";
  }

  /** Hands on a resource that was read, after what it contains; of a bundle its entries were. */
  static void visit(FhirObject content, @Nullable String fullUrl, Consumer<Resource> visitor) {
    String type = type(content);
    Resource outer = new Resource(type, content, fullUrl, null);
    List<FhirObject> contained;
    try {
      contained = content.objects("contained");
    } catch (BadInputException e) {
      contained = List.of(new FhirObject(content.at("contained"), new FhirProperties()));
    }
    for (FhirObject inner : contained) {
      // Others are a part of what contains them.
      String innerType = type(inner);
      if (innerType.isEmpty() || RECORDS.contains(innerType)) {
        visitor.accept(new Resource(innerType, inner, null, outer));
      }
    }
    if (!type.equals("Bundle") || !content.has("entry")) {
      visitor.accept(outer);
    }
  }

  /** Hands on an entry without a resource. */
  static void visitEmpty(String path, @Nullable FhirObject request, Consumer<Resource> visitor) {
    if (request != null && "DELETE".equals(request.text("method"))) {
      visitor.accept(new Resource(Resource.DELETED, request, null, null));
    } else {
      FhirObject entry = new FhirObject(path, new FhirProperties());
      visitor.accept(new Resource(Resource.NONE, entry, null, null));
    }
  }
}
