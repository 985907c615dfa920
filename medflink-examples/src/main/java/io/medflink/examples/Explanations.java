// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.medflink.core.Explained;
import io.medflink.core.Explanation;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;

/** Why assessments are as they are, as JSON. */
final class Explanations implements Ndjson.Lines<Explained> {
  private static final long serialVersionUID = 1;
  private static final JsonMapper JSON = new JsonMapper();

  @Override
  public void add(Explained element, OutputStream out) throws IOException {
    ObjectNode line = JSON.createObjectNode();
    line.put("patient_id", element.assessment().patientId());
    line.put("model", element.assessment().model());
    line.put("version", element.assessment().version());
    line.put("time", element.assessment().time().toString());
    line.put("revision", element.assessment().revision());
    line.put("status", element.assessment().status().name().toLowerCase(Locale.ROOT));
    line.setAll(tree(element.explanation()));
    out.write(JSON.writeValueAsBytes(line));
    out.write('\n');
  }

  /** {@code counted}, {@code constant} where there is one, and {@code narrowest}. */
  static ObjectNode tree(Explanation explanation) {
    ObjectNode tree = JSON.createObjectNode();
    ArrayNode counted = tree.putArray("counted");
    for (Explanation.Counted input : explanation.inputs()) {
      ObjectNode node = counted.addObject().put("input", input.input());
      if (input.text() != null) {
        node.put("value", input.text());
      } else if (!Double.isNaN(input.value())) {
        node.put("value", input.value()).put("unit", input.unit());
      } else {
        node.putNull("value");
      }
      if (input.time() != null) {
        node.put("time", input.time().toString());
      }
      if (!Double.isNaN(input.low())) {
        node.put("low", input.low()).put("high", input.high());
      }
    }
    if (!Double.isNaN(explanation.constant())) {
      tree.put("constant", explanation.constant());
    }
    return tree.put("narrowest", explanation.narrowest());
  }
}
