// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import io.medflink.core.BadInputException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stays of one message and the ids that references to them stand for. */
final class EncounterIds {
  private final Map<String, String> byUrl = new HashMap<>();

  /** Remembers a stay whose name in the bundle isn't its id. */
  void learn(Resource encounter) {
    String url = encounter.fullUrl();
    String id;
    try {
      id = encounter.id();
    } catch (BadInputException e) {
      // It is refused when its turn comes.
      return;
    }
    if (url != null && id != null && !id.equals(Resource.localPart(url))) {
      byUrl.put(url, id);
    }
  }

  /** The stay that an element of a resource refers to, null when it refers to none. */
  @Nullable String of(FhirObject content, String name) {
    FhirObject encounter = content.object(name);
    if (encounter == null) {
      return null;
    }
    String reference = encounter.text("reference");
    String known = reference == null ? null : byUrl.get(reference);
    String id = known == null ? Resource.localPart(reference) : known;
    FhirObject identifier = encounter.object("identifier");
    return id == null && identifier != null ? identifier.text("value") : id;
  }
}
