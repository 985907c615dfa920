// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.connectors.fhir.FhirJson;
import io.medflink.connectors.fhir.FhirXml;
import io.medflink.connectors.json.MedflinkJson;
import io.medflink.core.Decoder;
import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What files hold, how they are called in folders, and where their messages end. */
enum Format {
  FHIR_JSON("fhir-json", "json|ndjson|jsonl", Framing.JSON),
  FHIR_XML("fhir-xml", "xml", Framing.WHOLE),
  MEDFLINK_JSON("medflink-json", "json|ndjson|jsonl", Framing.LINES);

  /** Where one message ends and the next begins. */
  enum Framing {
    /** Each line is a message. */
    LINES,
    /** Lines or one message, by the file's name and its first line. */
    JSON,
    /** The file is one message. */
    WHOLE
  }

  private final String id;
  private final Pattern names;
  private final Framing framing;

  Format(String id, String extensions, Framing framing) {
    this.id = id;
    this.names = Pattern.compile(".*\\.(" + extensions + ")(\\.gz)?");
    this.framing = framing;
  }

  Framing framing() {
    return framing;
  }

  /** Whether a file of a folder is called so that it may hold this. */
  boolean isNamed(String file) {
    return names.matcher(file.toLowerCase(Locale.ROOT)).matches();
  }

  /** Reads this, with patients by their resource's id where a format needs it. */
  Decoder decoder(@Nullable ZoneId zone) {
    return switch (this) {
      case FHIR_JSON -> new FhirJson().withZone(zone).withFallbackToResourceId();
      case FHIR_XML -> new FhirXml().withZone(zone).withFallbackToResourceId();
      case MEDFLINK_JSON -> new MedflinkJson().withZone(zone);
    };
  }

  /** As on the command line. */
  @Override
  public String toString() {
    return id;
  }
}
