// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.medflink.core.ModelCard;
import io.medflink.core.Output;
import io.medflink.core.Prediction;
import io.medflink.core.RiskAssessment;
import io.medflink.core.RiskModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Assessments as lines of JSON, as they come, or at the end the last one of each moment and model,
 * sorted by patient, encounter, model and time.
 */
final class AssessmentLines implements Ndjson.Lines<RiskAssessment> {
  private static final long serialVersionUID = 1;
  private static final JsonFactory JSON = new JsonFactory();

  /** A moment lies in one encounter, which a later revision may tell better. */
  private record Key(String patient, String model, long time) {}

  private record Line(@Nullable String encounter, byte[] text) {}

  private static final Comparator<Map.Entry<Key, Line>> ORDER =
      Comparator.comparing((Map.Entry<Key, Line> e) -> e.getKey().patient())
          .thenComparing(
              e -> e.getValue().encounter(), Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(e -> e.getKey().model())
          .thenComparing(e -> e.getKey().time());

  private final RiskModel[] models;
  private final boolean finalOnly;
  private transient @Nullable Map<Key, Line> last;

  AssessmentLines(RiskModel[] models, boolean finalOnly) {
    this.models = models.clone();
    this.finalOnly = finalOnly;
  }

  @Override
  public void add(RiskAssessment a, OutputStream out) throws IOException {
    if (!finalOnly) {
      out.write(line(a));
      return;
    }
    if (last == null) {
      last = new HashMap<>();
    }
    Key key = new Key(a.patientId(), a.model(), a.time().toEpochMilli());
    if (a.status() == RiskAssessment.Status.ENTERED_IN_ERROR) {
      last.remove(key);
    } else {
      last.put(key, new Line(a.encounter(), line(a)));
    }
  }

  @Override
  public void end(OutputStream out) throws IOException {
    if (last != null) {
      for (Map.Entry<Key, Line> entry : last.entrySet().stream().sorted(ORDER).toList()) {
        out.write(entry.getValue().text());
      }
      last = null;
    }
  }

  private byte[] line(RiskAssessment a) throws IOException {
    ModelCard card = card(a.model());
    ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeStringField("patient_id", a.patientId());
      json.writeStringField("encounter", a.encounter());
      json.writeStringField("model", a.model());
      json.writeStringField("version", a.version());
      json.writeStringField("time", a.time().toString());
      if (!finalOnly) {
        json.writeNumberField("revision", a.revision());
        json.writeStringField(
            "status", a.status().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      }
      Output primary = card.outputs().get(0);
      json.writeObjectField("low", Figures.number(primary, a.low()));
      json.writeObjectField("high", Figures.number(primary, a.high()));
      json.writeObjectFieldStart("predictions");
      for (Prediction prediction : a.predictions()) {
        json.writeObjectFieldStart(prediction.name());
        Output output = output(card, prediction.name());
        json.writeObjectField("low", Figures.word(output, prediction.low()));
        json.writeObjectField("high", Figures.word(output, prediction.high()));
        json.writeEndObject();
      }
      json.writeEndObject();
      json.writeStringField("level", a.level().name());
      json.writeStringField("level_low", a.levelLow().name());
      json.writeStringField("level_high", a.levelHigh().name());
      json.writeFieldName("missing");
      json.writeArray(a.missing(), 0, a.missing().length);
      json.writeStringField("reason", a.reason());
      json.writeEndObject();
    }
    line.write('\n');
    return line.toByteArray();
  }

  private ModelCard card(String id) {
    for (RiskModel model : models) {
      if (model.id().equals(id)) {
        return model.card();
      }
    }
    throw new IllegalStateException("an assessment by a model that was not asked");
  }

  private static Output output(ModelCard card, String name) {
    for (Output output : card.outputs()) {
      if (output.name().equals(name)) {
        return output;
      }
    }
    throw new IllegalStateException("a prediction that its model doesn't declare");
  }
}
