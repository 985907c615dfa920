// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.core.Cleaner;
import io.medflink.core.CodeMap;
import io.medflink.core.Decoder;
import io.medflink.core.Message;
import io.medflink.core.ObservationType.Jump;
import io.medflink.core.Panel;
import io.medflink.core.Rejected;
import io.medflink.core.Vital;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.junit.jupiter.api.Test;

/** The README's code compiles, and its tables are the code's. */
final class ReadmeTest {
  private static final Path SOURCE =
      Path.of("src/test/java/io/medflink/core/operators/ReadmeTest.java");

  @Test
  void theExampleIsTheCodeBelow() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    int start = readme.indexOf("```java\n") + "```java\n".length();
    String example = readme.substring(start, readme.indexOf("```", start));
    assertThat(Files.readString(SOURCE).replace("\n    ", "\n")).contains("\n" + example);
  }

  @Test
  void theJumpsAreThoseOfTheVitals() throws IOException {
    List<String> rows = new ArrayList<>();
    for (Vital vital : Vital.values()) {
      Jump jump = vital.jump();
      if (jump != null) {
        rows.add(
            String.format(
                Locale.ROOT,
                "| %s | %.0f %s | %s |",
                vital,
                jump.change(),
                vital.unit(),
                jump.within()));
      }
    }
    assertThat(Files.readAllLines(Path.of("README.md")).stream().filter(l -> l.contains("| PT")))
        .containsExactlyElementsOf(rows);
  }

  static DataStream<Rejected> example(DataStream<Message> messages, Decoder decoder)
      throws IOException {
    CodeMap codes = CodeMap.read(Path.of("codes.csv"));
    SingleOutputStreamOperator<Panel> decoded = messages.process(new Decode(decoder)).uid("decode");
    SingleOutputStreamOperator<Panel> clean =
        decoded
            .process(new Clean(Cleaner.with(codes).tolerance(Duration.ofMinutes(1))))
            .uid("clean");
    DataStream<Rejected> rejected =
        decoded.getSideOutput(SideOutput.REJECTED).union(clean.getSideOutput(SideOutput.REJECTED));
    return rejected;
  }
}
