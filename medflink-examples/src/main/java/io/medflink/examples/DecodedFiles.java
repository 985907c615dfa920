// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.medflink.core.BadInputException;
import io.medflink.core.Decoder;
import io.medflink.core.Message;
import io.medflink.core.Movement;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import io.medflink.core.RejectCode;
import io.medflink.core.Rejected;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The files of {@code decode}, message by message: each record as a line, each message and each
 * value counted once. A value is in a panel or in a reject; what carries none is a movement,
 * ignored or a reject.
 */
final class DecodedFiles {
  private static final JsonFactory JSON = new JsonFactory();

  private final Format format;
  private final Decoder decoder;
  private final Suggestions suggestions;
  private final boolean cleaned;
  private final OutputStream out;
  private final List<String> unreadable = new ArrayList<>();
  private final Map<RejectCode, Long> rejects = new EnumMap<>(RejectCode.class);
  private long files;
  private long messages;
  private long panels;
  private long observations;
  private long movements;
  private long ignored;

  /** Files of a format for an output; with {@code cleaned} the panels go through the code map. */
  DecodedFiles(
      Format format, Decoder decoder, Suggestions suggestions, boolean cleaned, OutputStream out) {
    this.format = format;
    this.decoder = decoder;
    this.suggestions = suggestions;
    this.cleaned = cleaned;
    this.out = out;
  }

  /** The files that could not be read to their end. */
  List<String> unreadable() {
    return unreadable;
  }

  /** Decodes a file; one that breaks off is noted, with what could be read of it. */
  void decode(String file) throws IOException {
    files++;
    try (MessageLines lines = MessageLines.open(file, format.framing())) {
      for (Message next = lines.next(); next != null; next = lines.next()) {
        messages++;
        decode(next, new DecodedLines(out, file));
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (IOException e) {
      // What it says may quote the file.
      unreadable.add(file);
    }
  }

  private void decode(Message message, DecodedLines lines) {
    Decoder.Out records =
        Decoder.Out.of(
            panel -> panel(panel, message, lines),
            movement -> movement(movement, message, lines),
            what -> ignored++,
            rejected -> {
              suggestions.note(rejected);
              reject(rejected, message, lines);
            });
    try {
      decoder.decode(message, records);
    } catch (UncheckedIOException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      // A decoder is total; should one fail, its message is still accounted for.
      reject(unreadable(e), message, lines);
    }
  }

  private static Rejected unreadable(Throwable failed) {
    BadInputException bad = failed instanceof BadInputException told ? told : null;
    return new Rejected(
        Rejected.Stage.DECODE,
        bad == null ? RejectCode.UNDECODABLE : bad.code(),
        bad == null ? null : bad.field(),
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private void panel(Panel panel, Message message, DecodedLines lines) {
    suggestions.clean(
        panel,
        clean -> {
          if (cleaned && clean.countedObservations() > 0) {
            add(clean.withObservations(usable(clean)), message, lines);
          }
        },
        rejected -> {
          if (cleaned) {
            reject(rejected, message, lines);
          }
        });
    if (!cleaned) {
      add(panel, message, lines);
    }
  }

  /** Without the marks of what was refused, which is in the rejects. */
  private static Observation[] usable(Panel panel) {
    return Arrays.stream(panel.observations())
        .filter(o -> !o.isRefused())
        .toArray(Observation[]::new);
  }

  private void add(Panel panel, Message message, DecodedLines lines) {
    panels++;
    observations += panel.observations().length;
    lines.panel(panel, message);
  }

  private void movement(Movement movement, Message message, DecodedLines lines) {
    movements++;
    lines.movement(movement, message);
  }

  private void reject(Rejected rejected, Message message, DecodedLines lines) {
    rejects.merge(rejected.code(), 1L, Long::sum);
    lines.reject(rejected, message);
  }

  /** What became of everything, as one JSON object. */
  String account() throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      json.writeNumberField("files", files);
      json.writeNumberField("messages", messages);
      json.writeNumberField("panels", panels);
      json.writeNumberField("observations", observations);
      json.writeNumberField("movements", movements);
      json.writeNumberField("ignored", ignored);
      json.writeNumberField("rejected", rejects.values().stream().mapToLong(n -> n).sum());
      json.writeObjectFieldStart("rejected_by_code");
      for (Map.Entry<RejectCode, Long> reject : rejects.entrySet()) {
        json.writeNumberField(reject.getKey().name(), reject.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    }
    return text.toString();
  }
}
