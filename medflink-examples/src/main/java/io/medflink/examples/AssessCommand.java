// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.medflink.core.Output;
import io.medflink.core.Questionnaire;
import io.medflink.core.RiskModel;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One line of named inputs in, one line of results out. Loads no class of Flink, so that it starts
 * fast. An empty line is none; a line that can't be read gets an answer with its reason.
 */
@Command(
    name = "assess",
    description = {
      "Reads a JSON object of named inputs from each line of standard input, writes a JSON object"
          + " of results to standard output, in the same order.",
      "The names and units are those of `models`; what is absent or null is unknown, and the"
          + " answer an interval over it."
    })
final class AssessCommand implements Callable<Integer> {

  /** The longest line, in bytes: a hundred inputs need a hundredth of it. */
  static final int LONGEST = 1 << 16;

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(8)
                          .maxStringLength(1000)
                          .maxNameLength(100)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();
  private static final ObjectReader NODES = JSON.readerFor(JsonNode.class);
  private static final ObjectWriter LINES = JSON.writer();

  @Option(
      names = "--model",
      required = true,
      paramLabel = "ID",
      description =
          "Which model, such as news2, your own by class name, or the .json file of a model card.")
  private String model = "";

  @Option(
      names = "--explain",
      description =
          "Also says which inputs counted, with how many points or which part of the linear"
              + " predictor, and which missing one would narrow the answer most.")
  private boolean explain;

  @Override
  public Integer call() throws IOException {
    // Not System.in and System.out: they are slower, and the latter hides a closed pipe.
    OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out));
    assess(new FileInputStream(FileDescriptor.in), out);
    out.flush();
    return 0;
  }

  /** Answers line by line, and flushes whenever the next line isn't there yet. */
  void assess(InputStream source, OutputStream out) throws IOException {
    Form form = new Form(Models.byId(model), explain);
    InputStream in = new BufferedInputStream(source, LONGEST);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    boolean more = true;
    while (more) {
      line.reset();
      int length = 0;
      int next = in.read();
      for (; next >= 0 && next != '\n'; next = in.read()) {
        if (++length <= LONGEST) {
          line.write(next);
        }
      }
      more = next >= 0;
      byte[] text = line.toByteArray();
      if (!isBlank(text)) {
        ObjectNode answer =
            length > LONGEST
                ? form.refused("the line is longer than " + LONGEST + " bytes")
                : form.answer(text);
        out.write(LINES.writeValueAsBytes(answer));
        out.write('\n');
      }
      if (in.available() == 0) {
        out.flush();
      }
    }
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  /** One model's questions and answers in JSON. */
  private static final class Form {
    private final List<Output> outputs;
    private final Questionnaire questionnaire;

    private final boolean explain;

    Form(RiskModel model, boolean explain) {
      this.explain = explain;
      outputs = model.card().outputs();
      questionnaire = new Questionnaire(model);
    }

    ObjectNode answer(byte[] line) throws IOException {
      JsonNode inputs;
      try {
        inputs = NODES.readTree(line);
      } catch (JsonProcessingException e) {
        return refused("the line is not JSON (strict, no name twice)");
      }
      if (!inputs.isObject()) {
        return refused("the line is not a JSON object");
      }
      Map<String, @Nullable Object> values = new LinkedHashMap<>();
      inputs.properties().forEach(field -> values.put(field.getKey(), plain(field.getValue())));
      ObjectNode tree = tree(questionnaire.answer(values));
      if (explain) {
        ObjectNode why = Explanations.tree(questionnaire.explain(values));
        // The values are of one moment, that of the line.
        why.path("counted").forEach(input -> ((ObjectNode) input).remove("time"));
        tree.set("explained", why);
      }
      return tree;
    }

    /** The form of an answer, with nothing in it but the reason. */
    ObjectNode refused(String reason) {
      return tree(questionnaire.answer(Map.of("", ""))).put("reason", reason);
    }

    private ObjectNode tree(Map<String, @Nullable Object> answer) {
      ObjectNode tree = JSON.valueToTree(answer);
      JsonNode figures = tree.path("predictions");
      ObjectNode predictions = JSON.createObjectNode();
      for (Output output : outputs) {
        if (figures.has(output.name())) {
          JsonNode ends = figures.path(output.name());
          predictions
              .putObject(output.name())
              .putPOJO("low", Figures.word(output, ends.path("low").doubleValue()))
              .putPOJO("high", Figures.word(output, ends.path("high").doubleValue()));
        }
      }
      return tree.set("predictions", predictions);
    }

    private static @Nullable Object plain(JsonNode value) {
      if (value.isNumber()) {
        return value.doubleValue();
      }
      if (value.isBoolean()) {
        return value.booleanValue();
      }
      if (value.isArray()) {
        List<@Nullable Object> list = new ArrayList<>();
        value.forEach(element -> list.add(plain(element)));
        return list;
      }
      return value.isNull() ? null : value.isTextual() ? value.textValue() : value;
    }
  }
}
