// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.medflink.connectors.formats.ObservationFields;
import io.medflink.connectors.formats.Words;
import io.medflink.core.BadInputException;
import io.medflink.core.Observation.Status;
import io.medflink.core.Panel;
import io.medflink.core.RejectCode;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes one panel; what is unknown is left out. */
final class PanelWriter {
  private static final double EXACT_INTEGERS = 1L << 53;

  private PanelWriter() {}

  static void write(Panel panel, JsonGenerator out) throws IOException {
    if (panel.patientId() == null || panel.patientId().isBlank()) {
      throw new BadInputException(RejectCode.NO_PATIENT_ID, "patient_id");
    }
    if (panel.time() == null) {
      throw new BadInputException(RejectCode.NO_TIME, "time");
    }
    out.writeStartObject();
    text(out, "patient_id", panel.patientId());
    text(out, "encounter", panel.encounter());
    text(out, "facility", panel.facility());
    text(out, "ward", panel.ward());
    text(out, "bed", panel.bed());
    moment(out, "time", panel.time());
    moment(out, "issued", panel.issued());
    moment(out, "received", panel.received());
    text(out, "feed", panel.feed());
    if (panel.identifiers().length > 0) {
      out.writeFieldName("identifiers");
      out.writeArray(panel.identifiers(), 0, panel.identifiers().length);
    }
    out.writeArrayFieldStart("observations");
    for (int i = 0; i < panel.observations().length; i++) {
      observation(out, ObservationFields.of(panel.observations()[i]), "observations[" + i + "]");
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private static void observation(JsonGenerator out, ObservationFields o, String path)
      throws IOException {
    out.writeStartObject();
    text(out, "system", o.system);
    text(out, "code", o.code);
    if (o.text == null) {
      number(out, "value", o.value, path);
    } else {
      text(out, "value", o.text);
    }
    text(out, "unit", o.unit);
    text(out, "local_unit", o.localUnit);
    text(out, "local_value", o.localText);
    text(out, "status", o.status == Status.FINAL ? null : Words.word(o.status));
    text(out, "id", o.id);
    text(out, "comparator", o.comparator == null ? null : o.comparator.symbol());
    if (!Double.isNaN(o.rangeLow) || !Double.isNaN(o.rangeHigh)) {
      out.writeObjectFieldStart("range");
      number(out, "low", o.rangeLow, path + ".range");
      number(out, "high", o.rangeHigh, path + ".range");
      out.writeEndObject();
    }
    text(out, "flag", o.flag);
    text(out, "method", o.method == null ? null : Words.word(o.method));
    if (o.artefacts != 0) {
      out.writeArrayFieldStart("artefacts");
      for (String word : Words.artefacts(o.artefacts)) {
        out.writeString(word);
      }
      out.writeEndArray();
    }
    out.writeEndObject();
  }

  static void text(JsonGenerator out, String name, @Nullable String text) throws IOException {
    if (text != null) {
      out.writeStringField(name, text);
    }
  }

  static void moment(JsonGenerator out, String name, @Nullable Instant moment) throws IOException {
    text(out, name, moment == null ? null : moment.toString());
  }

  static void number(JsonGenerator out, String name, double number, String path)
      throws IOException {
    if (Double.isInfinite(number)) {
      throw new BadInputException(RejectCode.IMPOSSIBLE_VALUE, path + "." + name);
    }
    if (!Double.isNaN(number)) {
      boolean negativeZero = number == 0 && 1 / number < 0;
      if (number == Math.rint(number) && Math.abs(number) < EXACT_INTEGERS && !negativeZero) {
        out.writeNumberField(name, (long) number);
      } else {
        out.writeNumberField(name, number);
      }
    }
  }
}
