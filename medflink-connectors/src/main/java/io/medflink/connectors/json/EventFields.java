// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.json;

import com.fasterxml.jackson.core.JsonParser;
import io.medflink.connectors.formats.IsoTime;
import io.medflink.connectors.formats.Words;
import io.medflink.core.BadInputException;
import io.medflink.core.ChartEvent;
import io.medflink.core.Control;
import io.medflink.core.Movement;
import io.medflink.core.RejectCode;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields of a line that panels don't have, until its {@code kind} says what they are of. */
final class EventFields {
  private static final Set<String> TEXTS =
      Set.of(
          "kind",
          "other_patient_id",
          "other_encounter",
          "bed_status",
          "target",
          "author",
          "reason",
          "id");
  private static final Set<String> MOMENTS = Set.of("occurred", "recorded", "from", "until");

  private final Map<String, String> texts = new LinkedHashMap<>();
  private final Map<String, Instant> moments = new LinkedHashMap<>();
  private double value = Double.NaN;

  void field(JsonParser p, String name, @Nullable ZoneId zone) throws IOException {
    if (TEXTS.contains(name)) {
      texts.put(name, PanelReader.text(p, name));
    } else if (MOMENTS.contains(name)) {
      moments.put(name, IsoTime.moment(PanelReader.text(p, name), zone, name));
    } else if (name.equals("value") && p.currentToken().isNumeric()) {
      value = p.getDoubleValue();
      if (Double.isInfinite(value)) {
        throw new BadInputException(RejectCode.IMPOSSIBLE_VALUE, name);
      }
    } else {
      // The name is the sender's, so it may be anything: it isn't repeated.
      throw new BadInputException(RejectCode.UNDECODABLE, name.equals("value") ? name : "*");
    }
  }

  /** Whether the line is one of these; a panel has none of these fields. */
  boolean isTold() {
    if (texts.containsKey("kind")) {
      return true;
    }
    if (!texts.isEmpty() || !moments.isEmpty() || !Double.isNaN(value)) {
      throw new BadInputException(RejectCode.UNDECODABLE, "*");
    }
    return false;
  }

  /** The movement or decision, with the fields that it has in common with panels. */
  ChartEvent event(
      @Nullable String patientId,
      @Nullable String encounter,
      @Nullable String facility,
      @Nullable String ward,
      @Nullable String bed,
      @Nullable Instant issued,
      @Nullable Instant received,
      @Nullable String feed) {
    String kind = Objects.requireNonNullElse(texts.remove("kind"), "");
    for (Movement.Kind movement : Movement.Kind.values()) {
      if (Words.word(movement).equals(kind)) {
        boolean nobodys = patientId == null || patientId.isBlank();
        if (nobodys && movement != Movement.Kind.BED_STATUS) {
          throw new BadInputException(RejectCode.NO_PATIENT_ID, "patient_id");
        }
        refuse("issued", issued);
        return last(
            new Movement(
                movement,
                nobodys ? null : patientId,
                texts.remove("other_patient_id"),
                encounter,
                texts.remove("other_encounter"),
                facility,
                ward,
                bed,
                texts.remove("bed_status"),
                needed("occurred"),
                moments.remove("recorded"),
                received,
                feed));
      }
    }
    for (Control.Kind control : Control.Kind.values()) {
      if (Words.word(control).equals(kind)) {
        refuse("encounter", encounter);
        refuse("bed", bed);
        double limit = value;
        value = Double.NaN;
        return last(
            new Control(
                control,
                patientId,
                facility,
                ward,
                texts.remove("target"),
                limit,
                Objects.requireNonNullElse(texts.remove("author"), ""),
                texts.remove("reason"),
                needed("from"),
                moments.remove("until"),
                texts.remove("id"),
                issued));
      }
    }
    throw new BadInputException(RejectCode.UNDECODABLE, "kind");
  }

  private Instant needed(String name) {
    Instant moment = moments.remove(name);
    if (moment == null) {
      throw new BadInputException(RejectCode.NO_TIME, name);
    }
    return moment;
  }

  private static void refuse(String name, @Nullable Object value) {
    if (value != null) {
      throw new BadInputException(RejectCode.UNDECODABLE, name);
    }
  }

  /** Nothing may be left: what isn't understood may change what the rest means. */
  private ChartEvent last(ChartEvent event) {
    texts.keySet().forEach(name -> refuse(name, name));
    moments.keySet().forEach(name -> refuse(name, name));
    refuse("value", Double.isNaN(value) ? null : value);
    return event;
  }
}
