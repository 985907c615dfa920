// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.json;

import io.medflink.connectors.formats.Rejects;
import io.medflink.connectors.formats.StrictJson;
import io.medflink.core.BadInputException;
import io.medflink.core.ChartEvent;
import io.medflink.core.Control;
import io.medflink.core.Decoder;
import io.medflink.core.Message;
import io.medflink.core.Movement;
import io.medflink.core.Panel;
import java.time.ZoneId;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.jspecify.annotations.Nullable;

/**
 * The format {@code medflink-json}, both ways: one panel, movement or decision a message, JSON by
 * RFC 8259 in UTF-8.
 *
 * <pre>{@code
 * {"patient_id":"mrn|1","encounter":"e7","facility":"f","ward":"w","bed":"b",
 *  "time":"2026-11-24T08:00:00Z","issued":"…","received":"…","feed":"bedside",
 *  "identifiers":["mrn|1"],
 *  "observations":[
 *    {"code":"8867-4","value":88,"unit":"/min","status":"final","id":"o1","comparator":"<",
 *     "range":{"low":60,"high":100},"flag":"H","method":"device","artefacts":["jump"]},
 *    {"system":"LOCAL","code":"HF","value":88,"local_unit":"bpm"}]}
 * {"kind":"transfer","patient_id":"mrn|1","encounter":"e7","facility":"f","ward":"w","bed":"b",
 *  "occurred":"2026-11-24T08:00:00Z","recorded":"…","received":"…","feed":"adt",
 *  "other_patient_id":"…","other_encounter":"…","bed_status":"…"}
 * {"kind":"suspend","facility":"f","ward":"w","author":"sister","reason":"round",
 *  "from":"2026-11-24T08:00:00Z","until":"…","patient_id":"…","target":"…","value":7,"id":"…",
 *  "issued":"…"}
 * }</pre>
 *
 * <p>A line with a {@code kind} is a movement or a decision, by the words of {@link Movement.Kind}
 * and {@link Control.Kind} in lower case with hyphens; any other is a panel. A movement needs
 * {@code patient_id} (but for {@code bed-status}) and {@code occurred}, a decision {@code from};
 * what else its kind needs, {@code RaiseAlerts} asks for ({@code BAD_CONTROL}).
 *
 * <p>Absent and null are unknown; of a panel {@code patient_id}, {@code time} and {@code
 * observations} are needed. Times are ISO 8601 with a zone. A number is a value in {@code unit},
 * which is UCUM; a string is a coded value or a date, never a number; true and false are {@code
 * yes} and {@code no}. Without {@code system} a code is LOINC; {@code ""} says that a local code
 * has no system. An absent {@code status} is final. {@code local_unit} and {@code local_value}
 * carry what is not yet mapped. Names that this page doesn't list are refused: what is not
 * understood may change what the rest means.
 *
 * <p>A bad observation rejects itself alone ({@code observations[2].value}), any other fault the
 * whole line. Limits: depth 64, strings of 1,000,000 characters, numbers of 100 digits.
 */
public final class MedflinkJson implements Decoder, SerializationSchema<Panel> {
  private static final long serialVersionUID = 1;

  private final @Nullable String feed;
  private final @Nullable ZoneId zone;

  /** The format as documented: times state their zone, panels their feed. */
  public MedflinkJson() {
    this(null, null);
  }

  private MedflinkJson(@Nullable String feed, @Nullable ZoneId zone) {
    this.feed = feed;
    this.zone = zone;
  }

  /** The same for a sender whose panels don't name their feed. */
  public MedflinkJson withFeed(@Nullable String newFeed) {
    return new MedflinkJson(newFeed, zone);
  }

  /** The same for a sender whose times don't state their zone. */
  public MedflinkJson withZone(@Nullable ZoneId newZone) {
    return new MedflinkJson(feed, newZone);
  }

  @Override
  public void decode(Message message, Out out) {
    Rejects rejected;
    PanelReader reader = new PanelReader(feed, zone, message.received());
    ChartEvent event = null;
    try {
      event = StrictJson.read(message.payload(), reader::read);
      rejected = new Rejects(message, reader.feed(), out);
      if (event instanceof Panel panel) {
        reader.refuse(rejected, panel.time());
      }
    } catch (BadInputException e) {
      rejected = new Rejects(message, feed, out);
      rejected.add(e.code(), e.field());
    }
    rejected.flush();
    if (event instanceof Panel panel) {
      out.panel(panel);
    } else if (event instanceof Movement movement) {
      out.movement(movement);
    } else if (event instanceof Control control) {
      out.control(control);
    }
  }

  /**
   * A panel as one line without its line feed. What was read from this format is written so that it
   * reads back equal. A mapped observation is written without its local code.
   *
   * @throws BadInputException {@code NO_PATIENT_ID}, {@code NO_TIME}, {@code IMPOSSIBLE_VALUE} for
   *     an infinite number
   */
  public static byte[] encode(Panel panel) {
    return StrictJson.write(generator -> PanelWriter.write(panel, generator));
  }

  /**
   * A movement as one line without its line feed.
   *
   * @throws BadInputException {@code NO_TIME} without {@code occurred}
   */
  public static byte[] encode(Movement movement) {
    return StrictJson.write(generator -> EventWriter.write(movement, generator));
  }

  /**
   * A decision as one line without its line feed.
   *
   * @throws BadInputException {@code NO_TIME} without {@code from}, {@code IMPOSSIBLE_VALUE} for an
   *     infinite limit
   */
  public static byte[] encode(Control control) {
    return StrictJson.write(generator -> EventWriter.write(control, generator));
  }

  @Override
  public byte[] serialize(Panel panel) {
    return encode(panel);
  }
}
