// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.json;

import static io.medflink.connectors.json.PanelWriter.moment;
import static io.medflink.connectors.json.PanelWriter.number;
import static io.medflink.connectors.json.PanelWriter.text;

import com.fasterxml.jackson.core.JsonGenerator;
import io.medflink.connectors.formats.Words;
import io.medflink.core.BadInputException;
import io.medflink.core.Control;
import io.medflink.core.Movement;
import io.medflink.core.RejectCode;
import java.io.IOException;

/** Writes movements and decisions; what is unknown is left out. */
final class EventWriter {
  private EventWriter() {}

  static void write(Movement m, JsonGenerator out) throws IOException {
    if (m.occurred() == null) {
      throw new BadInputException(RejectCode.NO_TIME, "occurred");
    }
    out.writeStartObject();
    text(out, "kind", Words.word(m.kind()));
    text(out, "patient_id", m.patientId());
    text(out, "other_patient_id", m.otherPatientId());
    text(out, "encounter", m.encounter());
    text(out, "other_encounter", m.otherEncounter());
    text(out, "facility", m.facility());
    text(out, "ward", m.ward());
    text(out, "bed", m.bed());
    text(out, "bed_status", m.bedStatus());
    moment(out, "occurred", m.occurred());
    moment(out, "recorded", m.recorded());
    moment(out, "received", m.received());
    text(out, "feed", m.feed());
    out.writeEndObject();
  }

  static void write(Control c, JsonGenerator out) throws IOException {
    if (c.from() == null) {
      throw new BadInputException(RejectCode.NO_TIME, "from");
    }
    out.writeStartObject();
    text(out, "kind", Words.word(c.kind()));
    text(out, "patient_id", c.patientId());
    text(out, "facility", c.facility());
    text(out, "ward", c.ward());
    text(out, "target", c.target());
    number(out, "value", c.value(), "control");
    text(out, "author", c.author());
    text(out, "reason", c.reason());
    moment(out, "from", c.from());
    moment(out, "until", c.until());
    text(out, "id", c.id());
    moment(out, "issued", c.issued());
    out.writeEndObject();
  }
}
