// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.medflink.core.Rejected;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** What couldn't be used as lines of JSON, with its payload only where it is sealed. */
final class RejectLines implements Ndjson.Lines<Rejected> {
  private static final long serialVersionUID = 1;
  private static final JsonFactory JSON = new JsonFactory();

  @Override
  public void add(Rejected r, OutputStream out) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(256);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("stage", r.stage().name().toLowerCase(Locale.ROOT));
      json.writeStringField("code", r.code().name());
      json.writeStringField("mend", r.code().mend());
      json.writeStringField("field", r.field());
      json.writeStringField("feed", r.feed());
      json.writeStringField("local_system", r.localSystem());
      json.writeStringField("local_code", r.localCode());
      json.writeStringField("local_unit", r.localUnit());
      json.writeStringField("position", r.position());
      json.writeStringField("time", r.time() == null ? null : r.time().toString());
      json.writeStringField("sha256", r.sha256());
      if (r.payload() != null) {
        json.writeBinaryField("payload", r.payload());
      }
      json.writeEndObject();
    }
    line.write('\n');
    out.write(line.toByteArray());
  }
}
