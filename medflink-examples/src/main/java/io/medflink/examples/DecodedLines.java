// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.medflink.connectors.json.MedflinkJson;
import io.medflink.core.Message;
import io.medflink.core.Movement;
import io.medflink.core.Panel;
import io.medflink.core.Rejected;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The records of a file as lines of JSON: {@code file}, {@code position} and one of {@code panel}
 * (as {@code medflink-json}), {@code movement} and {@code rejected}. What is unknown is left out.
 */
record DecodedLines(OutputStream out, String file) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Writes the fields of one record. */
  private interface Fields {
    void write(JsonGenerator json) throws IOException;
  }

  void panel(Panel panel, Message message) {
    line(
        message,
        json -> {
          json.writeFieldName("panel");
          json.writeRawValue(new String(MedflinkJson.encode(panel), StandardCharsets.UTF_8));
        });
  }

  void movement(Movement m, Message message) {
    line(
        message,
        json -> {
          json.writeObjectFieldStart("movement");
          text(json, "kind", word(m.kind()));
          text(json, "patient_id", m.patientId());
          text(json, "other_patient_id", m.otherPatientId());
          text(json, "encounter", m.encounter());
          text(json, "other_encounter", m.otherEncounter());
          text(json, "facility", m.facility());
          text(json, "ward", m.ward());
          text(json, "bed", m.bed());
          text(json, "bed_status", m.bedStatus());
          moment(json, "occurred", m.occurred());
          moment(json, "recorded", m.recorded());
          moment(json, "received", m.received());
          text(json, "feed", m.feed());
          json.writeEndObject();
        });
  }

  void reject(Rejected r, Message message) {
    line(
        message,
        json -> {
          json.writeObjectFieldStart("rejected");
          text(json, "stage", word(r.stage()));
          text(json, "code", r.code().name());
          text(json, "mend", r.code().mend());
          text(json, "field", r.field());
          text(json, "feed", r.feed());
          text(json, "local_system", r.localSystem());
          text(json, "local_code", r.localCode());
          text(json, "local_unit", r.localUnit());
          moment(json, "time", r.time());
          text(json, "sha256", r.sha256());
          json.writeEndObject();
        });
  }

  private void line(Message message, Fields fields) {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      text(json, "file", file);
      text(json, "position", message.position());
      fields.write(json);
      json.writeEndObject();
      json.flush();
      line.write('\n');
      out.write(line.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static void text(JsonGenerator json, String name, @Nullable String text)
      throws IOException {
    if (text != null) {
      json.writeStringField(name, text);
    }
  }

  private static void moment(JsonGenerator json, String name, @Nullable Instant moment)
      throws IOException {
    text(json, name, moment == null ? null : moment.toString());
  }
}
