// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.medflink.core.Alert;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Alerts as lines of JSON, as they come, or at the end the last word on each episode by id, without
 * those withdrawn.
 */
final class AlertLines implements Ndjson.Lines<Alert> {
  private static final long serialVersionUID = 1;
  private static final JsonFactory JSON = new JsonFactory();

  private final boolean finalOnly;
  private transient @Nullable Map<String, byte[]> last;

  AlertLines(boolean finalOnly) {
    this.finalOnly = finalOnly;
  }

  @Override
  public void add(Alert alert, OutputStream out) throws IOException {
    if (!finalOnly) {
      out.write(line(alert));
      return;
    }
    if (last == null) {
      last = new TreeMap<>();
    }
    if (alert.event() == Alert.Event.WITHDRAWN) {
      last.remove(alert.id());
    } else {
      last.put(alert.id(), line(alert));
    }
  }

  @Override
  public void end(OutputStream out) throws IOException {
    if (last != null) {
      for (byte[] line : last.values()) {
        out.write(line);
      }
      last = null;
    }
  }

  private static byte[] line(Alert a) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("id", a.id());
      json.writeStringField("patient_id", a.patientId());
      json.writeStringField("encounter", a.encounter());
      json.writeStringField("ward", a.ward());
      json.writeStringField("bed", a.bed());
      json.writeStringField("model", a.model());
      json.writeStringField("time", a.time().toString());
      json.writeStringField("state", word(a.event()));
      json.writeStringField("priority", word(a.priority()));
      json.writeStringField("level", a.level().name());
      json.writeBooleanField("historical", a.historical());
      json.writeStringField("reason", a.why());
      json.writeEndObject();
    }
    line.write('\n');
    return line.toByteArray();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
