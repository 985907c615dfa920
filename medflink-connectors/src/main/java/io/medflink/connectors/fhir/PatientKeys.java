// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The patients of one message and the keys that references to them stand for. */
final class PatientKeys {

  /** A patient's key and all identifiers, each {@code authority|identifier}. */
  record Identity(String key, String[] identifiers) {}

  private static final String PATIENT = "Patient/";
  private static final String UUID = "urn:uuid:";
  private static final String[] NONE = {};

  private final Map<String, String> authorities;
  private final boolean fallback;
  private final Map<String, Identity> known = new HashMap<>();
  private final Set<String> unusable = new HashSet<>();

  PatientKeys(Map<String, String> authorities, boolean fallback) {
    this.authorities = authorities;
    this.fallback = fallback;
  }

  /** Remembers a patient under the names by which the same message may refer to it. */
  void learn(Resource patient) {
    if (patient.container() != null) {
      return;
    }
    Identity identity = null;
    String id = null;
    try {
      id = patient.content().text("id");
      identity = of(patient);
    } catch (BadInputException e) {
      // Who refers to it is refused, as is the patient when its turn comes.
      identity = null;
    }
    learn(patient.fullUrl(), identity);
    learn(id == null ? null : PATIENT + id, identity);
  }

  private void learn(@Nullable String name, @Nullable Identity identity) {
    if (name == null) {
      return;
    }
    if (identity == null) {
      unusable.add(name);
    } else {
      known.put(name, identity);
    }
  }

  /** Who a Patient resource is. */
  Identity of(Resource patient) {
    FhirObject content = patient.content();
    List<FhirObject> identifiers = content.objects("identifier");
    List<String> all = new ArrayList<>();
    for (FhirObject identifier : identifiers) {
      String system = identifier.text("system");
      String value = identifier.text("value");
      if (system != null && value != null) {
        all.add(authorities.getOrDefault(system, system) + "|" + value);
      }
    }
    String key = byAuthority(identifiers);
    String id = patient.container() == null ? patient.id() : null;
    if (key == null && fallback && id != null) {
      key = "Patient|" + id;
    }
    if (key == null) {
      throw new BadInputException(RejectCode.NO_PATIENT_ID, content.at("identifier"));
    }
    return new Identity(key, all.toArray(String[]::new));
  }

  /** Who the subject of an observation or a stay is. */
  Identity subjectOf(Resource resource) {
    FhirObject content = resource.content();
    FhirObject subject = content.object("subject");
    if (content.has("focus")) {
      // Measured on someone or something else than the patient of the record, such as a fetus.
      throw new BadInputException(RejectCode.NO_PATIENT_ID, content.at("focus"));
    }
    if (subject == null) {
      throw new BadInputException(RejectCode.NO_PATIENT_ID, content.at("subject"));
    }
    return referred(subject, resource);
  }

  /** Who an element of a resource refers to. */
  Identity referred(FhirObject subject, Resource from) {
    String reference = subject.text("reference");
    Identity found = reference == null ? null : referred(reference, from);
    FhirObject identifier = subject.object("identifier");
    if (found == null && identifier != null && !isOtherThanPatient(subject)) {
      String key = byAuthority(List.of(identifier));
      found = key == null ? null : new Identity(key, new String[] {key});
    }
    if (found == null) {
      throw new BadInputException(RejectCode.NO_PATIENT_ID, subject.path());
    }
    return found;
  }

  private @Nullable Identity referred(String reference, Resource from) {
    if (reference.startsWith("#")) {
      Resource container = from.container() == null ? from : from.container();
      for (FhirObject inner : container.content().objects("contained")) {
        if (reference.substring(1).equals(inner.text("id"))
            && "Patient".equals(inner.text("resourceType"))) {
          return of(new Resource("Patient", inner, null, container));
        }
      }
      return null;
    }
    String id = Resource.localPart(reference);
    boolean toPatient = reference.startsWith(PATIENT) || reference.contains("/" + PATIENT);
    Identity found = known.get(reference);
    if (found == null && reference.startsWith(PATIENT)) {
      found = known.get(PATIENT + id);
    }
    if (found == null
        && fallback
        && id != null
        && (toPatient || (reference.startsWith(UUID) && from.isAlone()))
        && !unusable.contains(reference)) {
      found = new Identity("Patient|" + id, NONE);
    }
    return found;
  }

  private static boolean isOtherThanPatient(FhirObject subject) {
    String type = subject.text("type");
    return type != null && !type.equals("Patient");
  }

  private @Nullable String byAuthority(List<FhirObject> identifiers) {
    for (Map.Entry<String, String> authority : authorities.entrySet()) {
      for (FhirObject identifier : identifiers) {
        String value = identifier.text("value");
        if (value != null
            && authority.getKey().equals(identifier.text("system"))
            && !"old".equals(identifier.text("use"))) {
          return authority.getValue() + "|" + value;
        }
      }
    }
    return null;
  }
}
