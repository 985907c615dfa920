// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.core.Cleaner;
import io.medflink.core.CodeMap;
import io.medflink.core.Decoder;
import io.medflink.core.Message;
import io.medflink.core.Observation;
import io.medflink.core.Observation.Status;
import io.medflink.core.Panel;
import io.medflink.core.Rejected;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;

/** Strings that must never be seen again stand in every field of valid and broken input. */
final class CanaryTest {
  private static final String CANARY = "CANARY";

  private final Random random = new Random(42);
  private final StringBuilder told = new StringBuilder();

  @Test
  void noCanaryIsFoundInLogsMessagesAndToString() {
    Recorder recorder = new Recorder();
    Logger root = (Logger) LogManager.getRootLogger();
    Level before = root.getLevel();
    recorder.start();
    root.addAppender(recorder);
    root.setLevel(Level.ALL);
    int rejects = 0;
    try {
      root.info("recorded");
      for (int i = 0; i < 2_000; i++) {
        rejects += cleanAndDecode();
        readCodeMap();
      }
    } finally {
      root.setLevel(before);
      root.removeAppender(recorder);
    }
    assertThat(rejects).isGreaterThan(2_000);
    assertThat(recorder.events).anyMatch(e -> e.contains("recorded"));
    assertThat(String.join("\n", recorder.events)).doesNotContain(CANARY);
    assertThat(told).contains("Rejected[CLEAN, UNMAPPED_CODE").contains("line 2: ");
    assertThat(told.toString()).doesNotContain(CANARY);
  }

  private int cleanAndDecode() {
    List<Rejected> rejects = new ArrayList<>();
    Panel panel = panel();
    Message message = new Message(canary().getBytes(StandardCharsets.UTF_8), "f:1", null);
    told.append(panel).append(message);
    try {
      Cleaner.with(CodeMap.none()).clean(panel, told::append, rejects::add);
      new Decoding(
              (m, out) -> {
                out.panel(panel);
                throw new IllegalArgumentException(new String(m.payload(), StandardCharsets.UTF_8));
              },
              null)
          .decode(message, Decoder.Out.of(told::append, told::append, told::append, rejects::add));
    } catch (RuntimeException e) {
      tell(e);
    }
    told.append(rejects);
    return rejects.size();
  }

  /** A map's own codes and units may be told, its texts not. */
  private void readCodeMap() {
    String[] lines = {
      ",,%s,8867-4,,,,".formatted(canary()) + "\n,,X,67775-7,,,%s,%s".formatted(canary(), canary()),
      "%s,%s,%s,8867-5,%s,,,".formatted(canary(), canary(), canary(), canary()),
      ",,X,67775-7,,,%s,%s".formatted(canary(), canary()),
      ",,X,67775-7,,,\"%s".formatted(canary()),
      ",,X,67775-7,,,\"%s\"%s,A".formatted(canary(), canary()),
      ",,,67775-7,,,%s,A,%s".formatted(canary(), canary()),
    };
    try {
      CodeMap map =
          CodeMap.read(
              new StringReader(
                  "feed,system,code,loinc,local_unit,unit,local_value,value\n"
                      + lines[random.nextInt(lines.length)]));
      told.append(map);
    } catch (Exception e) {
      tell(e);
    }
  }

  private void tell(Exception e) {
    StringWriter text = new StringWriter();
    e.printStackTrace(new PrintWriter(text));
    told.append(text);
  }

  private Panel panel() {
    Observation[] observations = new Observation[1 + random.nextInt(3)];
    for (int i = 0; i < observations.length; i++) {
      observations[i] = observation();
    }
    return new Panel(
        random.nextInt(9) == 0 ? null : canary(),
        canary(),
        canary(),
        canary(),
        canary(),
        random.nextInt(9) == 0 ? Instant.MAX : Instant.EPOCH,
        null,
        Instant.EPOCH,
        canary(),
        new String[] {canary()},
        observations);
  }

  private Observation observation() {
    String[] codes = {"8867-4", "67775-7", "21112-8", "1-8", null};
    double[] values = {Double.NaN, 70, 1e6};
    return new Observation(
        codes[random.nextInt(codes.length)],
        values[random.nextInt(values.length)],
        canary(),
        random.nextBoolean() ? "/min" : canary(),
        Status.FINAL,
        canary(),
        canary(),
        canary(),
        canary(),
        canary(),
        null,
        Double.NaN,
        Double.NaN,
        canary(),
        null,
        0);
  }

  private String canary() {
    return CANARY + Integer.toHexString(random.nextInt());
  }

  private static final class Recorder extends AbstractAppender {
    final List<String> events = new ArrayList<>();

    Recorder() {
      super("recorder", null, null, false, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      events.add(event.getMessage().getFormattedMessage() + event.getThrown());
    }
  }
}
