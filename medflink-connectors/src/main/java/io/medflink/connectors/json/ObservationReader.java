// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.json;

import static io.medflink.connectors.json.PanelReader.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.medflink.connectors.formats.ObservationFields;
import io.medflink.connectors.formats.Rejects;
import io.medflink.connectors.formats.Words;
import io.medflink.core.BadInputException;
import io.medflink.core.Observation;
import io.medflink.core.RejectCode;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Reads one observation to its end, also past its first fault. */
final class ObservationReader {
  private final String path;
  private final ObservationFields fields = new ObservationFields();
  private @Nullable BadInputException fault;

  ObservationReader(String path) {
    this.path = path;
  }

  /** The observation, or null when it is refused. */
  @Nullable Observation read(JsonParser p) throws IOException {
    if (!p.isExpectedStartObjectToken()) {
      fault = new BadInputException(RejectCode.UNDECODABLE, path);
      p.skipChildren();
      return null;
    }
    while (p.nextToken() != JsonToken.END_OBJECT) {
      String name = p.currentName();
      if (p.nextToken() != JsonToken.VALUE_NULL) {
        try {
          field(p, name, path + "." + name);
        } catch (BadInputException e) {
          fault = fault == null ? e : fault;
          p.skipChildren();
        }
      }
    }
    boolean valueless =
        Double.isNaN(fields.value) && fields.text == null && fields.localText == null;
    if (fault == null && valueless && fields.status != Observation.Status.ENTERED_IN_ERROR) {
      fault = new BadInputException(RejectCode.NO_VALUE, path + ".value");
    }
    fields.settleSystem();
    return fault == null ? fields.observation() : null;
  }

  void refuse(Rejects rejects, Instant at) {
    if (fault != null) {
      String unit = fields.localUnit == null ? fields.unit : fields.localUnit;
      rejects.add(fault.code(), fault.field(), fields.system, fields.code, unit, at);
    }
  }

  private void field(JsonParser p, String name, String at) throws IOException {
    switch (name) {
      case "system" -> fields.system = text(p, at);
      case "code" -> fields.code = text(p, at);
      case "value" -> value(p, at);
      case "unit" -> fields.unit = text(p, at);
      case "local_unit" -> fields.localUnit = text(p, at);
      case "local_value" -> fields.localText = text(p, at);
      case "status" -> fields.status = Words.status(text(p, at), at);
      case "id" -> fields.id = text(p, at);
      case "comparator" -> fields.comparator = Words.comparator(text(p, at), at);
      case "range" -> range(p, at);
      case "flag" -> fields.flag = text(p, at);
      case "method" -> fields.method = Words.method(text(p, at), at);
      case "artefacts" -> artefacts(p, at);
      default -> throw new BadInputException(RejectCode.UNDECODABLE, path + ".*");
    }
  }

  private void value(JsonParser p, String at) throws IOException {
    switch (p.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> fields.value = number(p, at);
      case VALUE_STRING -> fields.text = p.getText();
      case VALUE_TRUE -> fields.text = "yes";
      case VALUE_FALSE -> fields.text = "no";
      default -> throw new BadInputException(RejectCode.UNDECODABLE, at);
    }
  }

  private static double number(JsonParser p, String at) throws IOException {
    if (!p.currentToken().isNumeric()) {
      throw new BadInputException(RejectCode.UNDECODABLE, at);
    }
    double number = p.getDoubleValue();
    if (Double.isInfinite(number)) {
      throw new BadInputException(RejectCode.IMPOSSIBLE_VALUE, at);
    }
    return number;
  }

  private void range(JsonParser p, String at) throws IOException {
    if (!p.isExpectedStartObjectToken()) {
      throw new BadInputException(RejectCode.UNDECODABLE, at);
    }
    while (p.nextToken() != JsonToken.END_OBJECT) {
      String name = p.currentName();
      if (p.nextToken() == JsonToken.VALUE_NULL) {
        continue;
      }
      try {
        switch (name) {
          case "low" -> fields.rangeLow = number(p, at + ".low");
          case "high" -> fields.rangeHigh = number(p, at + ".high");
          default -> throw new BadInputException(RejectCode.UNDECODABLE, at + ".*");
        }
      } catch (BadInputException e) {
        // Kept instead of thrown: the object must be read to its end.
        fault = fault == null ? e : fault;
        p.skipChildren();
      }
    }
  }

  private void artefacts(JsonParser p, String at) throws IOException {
    if (!p.isExpectedStartArrayToken()) {
      throw new BadInputException(RejectCode.UNDECODABLE, at);
    }
    while (p.nextToken() != JsonToken.END_ARRAY) {
      try {
        fields.artefacts |= Words.artefact(text(p, at), at).bit();
      } catch (BadInputException e) {
        fault = fault == null ? e : fault;
        p.skipChildren();
      }
    }
  }
}
