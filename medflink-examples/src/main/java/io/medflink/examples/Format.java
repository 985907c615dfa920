// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.connectors.feeds.Feeds;
import io.medflink.connectors.fhir.FhirJson;
import io.medflink.connectors.fhir.FhirXml;
import io.medflink.connectors.hl7v2.Hl7v2;
import io.medflink.connectors.json.MedflinkJson;
import io.medflink.connectors.xml.MedflinkXml;
import io.medflink.core.Decoder;
import java.time.ZoneId;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What files hold, how they are called in folders, and where their messages end. */
enum Format {
  FHIR_JSON("fhir-json", "json|ndjson|jsonl", Framing.JSON),
  FHIR_XML("fhir-xml", "xml", Framing.WHOLE),
  MEDFLINK_JSON("medflink-json", "json|ndjson|jsonl", Framing.LINES),
  XML("xml", "xml", Framing.WHOLE),
  HL7V2("hl7v2", "hl7|er7|txt|out", Framing.ER7);

  /** Where one message ends and the next begins. */
  enum Framing {
    /** Each line is a message. */
    LINES,
    /** Lines or one message, by the file's name and its first line. */
    JSON,
    /** The file is one message. */
    WHOLE,
    /** Each MSH begins a message; the file may be a batch. */
    ER7
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

  /**
   * Reads this, with patients by their resource's id or the sender's own authority where the format
   * needs it and no feed says better.
   *
   * @param feeds the profiles of the senders, which only {@code hl7v2} names; null for none
   */
  Decoder decoder(@Nullable ZoneId zone, @Nullable Feeds feeds) {
    if (feeds != null && this != HL7V2) {
      throw Failure.usage("--feeds is for hl7v2: other formats don't name their sender");
    }
    return switch (this) {
      case FHIR_JSON -> new FhirJson().withZone(zone).withFallbackToResourceId();
      case FHIR_XML -> new FhirXml().withZone(zone).withFallbackToResourceId();
      case MEDFLINK_JSON -> new MedflinkJson().withZone(zone);
      case XML -> new MedflinkXml().withZone(zone);
      case HL7V2 -> new Hl7v2().withZone(zone).withFallbackToSender().withFeeds(feeds);
    };
  }

  /** As on the command line. */
  @Override
  public String toString() {
    return id;
  }
}
