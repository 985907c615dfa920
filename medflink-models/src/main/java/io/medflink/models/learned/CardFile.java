// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.learned;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.medflink.core.RiskLevel;
import io.medflink.models.learned.CoefficientCard.InputCard;
import io.medflink.models.learned.CoefficientCard.Kind;
import io.medflink.models.learned.CoefficientCard.Level;
import io.medflink.models.learned.CoefficientCard.Term;
import io.medflink.models.learned.CoefficientCard.Transform;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** A model card as strict JSON; what is wrong with it is told by the path of the field. */
final class CardFile {
  private static final String FORMAT = "medflink-model-card/1";
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxDocumentLength(1 << 20)
                          .maxNestingDepth(8)
                          .maxStringLength(10_000)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private CardFile() {}

  static CoefficientCard read(String json) {
    JsonNode tree;
    try {
      tree = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new IllegalArgumentException("line " + line + ": not strict JSON (no name twice)");
    }
    Field card = new Field(tree, "");
    card.only(
        "format,kind,id,version,citation,intended_use,output,intercept,mean,baseline_survival,"
            + "inputs,terms,levels");
    if (!card.text("format").equals(FORMAT)) {
      throw card.fault("format", "not " + FORMAT);
    }
    Kind kind = card.word("kind", Kind.class);
    if (kind == Kind.LOGISTIC) {
      card.without("mean").without("baseline_survival");
    } else {
      card.without("intercept");
    }
    double survival = kind == Kind.COX ? card.number("baseline_survival") : Double.NaN;
    if (survival <= 0 || survival >= 1) {
      throw card.fault("baseline_survival", "not between 0 and 1");
    }
    return new CoefficientCard(
        kind,
        card.text("id"),
        card.text("version"),
        card.text("citation"),
        card.text("intended_use"),
        card.has("output") ? card.text("output") : "risk",
        kind == Kind.LOGISTIC ? card.number("intercept") : -card.number("mean", 0),
        survival,
        card.list("inputs", CardFile::input),
        card.list("terms", CardFile::term),
        card.has("levels") ? card.list("levels", CardFile::level) : List.of());
  }

  private static InputCard input(Field field) {
    field.only("name,code,unit,low,high,within,scope,required");
    String scope = field.has("scope") ? field.text("scope") : "encounter";
    if (!Set.of("encounter", "patient").contains(scope)) {
      throw field.fault("scope", "neither encounter nor patient");
    }
    boolean number = field.has("unit");
    return new InputCard(
        field.text("name"),
        field.text("code"),
        number ? field.text("unit") : null,
        number ? field.number("low") : Double.NaN,
        number ? field.number("high") : Double.NaN,
        field.has("within") ? field.text("within") : "PT12H",
        scope.equals("patient"),
        field.has("required") && field.truth("required"));
  }

  private static Term term(Field field) {
    field.only("input,coefficient,transform,minus,per,equals,at_least,times");
    double per = field.number("per", 1);
    if (per == 0) {
      throw field.fault("per", "0");
    }
    return new Term(
        field.text("input"),
        field.number("coefficient"),
        field.has("transform") ? field.word("transform", Transform.class) : Transform.IDENTITY,
        field.number("minus", 0),
        per,
        field.has("equals") ? field.text("equals") : null,
        field.number("at_least", Double.NaN),
        field.has("times") ? field.text("times") : null);
  }

  private static Level level(Field field) {
    field.only("from,level");
    double from = field.number("from");
    if (from < 0 || from >= 1) {
      throw field.fault("from", "not from 0 to under 1");
    }
    return new Level(from, field.word("level", RiskLevel.class));
  }

  static String write(CoefficientCard card) {
    ObjectNode tree = JSON.createObjectNode();
    tree.put("format", FORMAT).put("kind", card.kind().name().toLowerCase(Locale.ROOT));
    tree.put("id", card.id()).put("version", card.version()).put("citation", card.citation());
    tree.put("intended_use", card.intendedUse()).put("output", card.output());
    if (card.kind() == Kind.LOGISTIC) {
      tree.put("intercept", card.constant());
    } else {
      tree.put("mean", -card.constant()).put("baseline_survival", card.baselineSurvival());
    }
    ArrayNode inputs = tree.putArray("inputs");
    for (InputCard input : card.inputs()) {
      ObjectNode node = inputs.addObject().put("name", input.name()).put("code", input.code());
      if (input.unit() != null) {
        node.put("unit", input.unit()).put("low", input.low()).put("high", input.high());
      }
      node.put("within", input.within()).put("scope", input.ofPatient() ? "patient" : "encounter");
      node.put("required", input.required());
    }
    ArrayNode terms = tree.putArray("terms");
    for (Term term : card.terms()) {
      ObjectNode node = terms.addObject().put("input", term.input());
      node.put("coefficient", term.coefficient());
      node.put("transform", term.transform().name().toLowerCase(Locale.ROOT));
      node.put("minus", term.minus()).put("per", term.per());
      if (term.word() != null) {
        node.put("equals", term.word());
      }
      if (!Double.isNaN(term.atLeast())) {
        node.put("at_least", term.atLeast());
      }
      if (term.times() != null) {
        node.put("times", term.times());
      }
    }
    ArrayNode levels = tree.putArray("levels");
    for (Level level : card.levels()) {
      levels.addObject().put("from", level.from()).put("level", level.level().name());
    }
    return tree.toPrettyString() + "\n";
  }

  /** A JSON object and where it stands. */
  private record Field(JsonNode node, String path) {

    IllegalArgumentException fault(String name, String what) {
      return new IllegalArgumentException(path + name + ": " + what);
    }

    void only(String names) {
      if (!node.isObject()) {
        throw new IllegalArgumentException((path.isEmpty() ? "the card" : path) + ": no object");
      }
      Set<String> known = Set.of(names.split(",", -1));
      for (var field : node.properties()) {
        if (!known.contains(field.getKey())) {
          throw new IllegalArgumentException(
              path + "an unknown field; there are " + names.replace(",", ", "));
        }
      }
    }

    Field without(String name) {
      if (has(name)) {
        throw fault(name, "not of this kind of model");
      }
      return this;
    }

    boolean has(String name) {
      return node.has(name);
    }

    String text(String name) {
      JsonNode value = node.path(name);
      if (!value.isTextual() || value.textValue().isBlank()) {
        throw fault(name, value.isMissingNode() ? "missing" : "no text");
      }
      return value.textValue();
    }

    double number(String name) {
      JsonNode value = node.path(name);
      if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
        throw fault(name, value.isMissingNode() ? "missing" : "no finite number");
      }
      return value.doubleValue();
    }

    double number(String name, double otherwise) {
      return has(name) ? number(name) : otherwise;
    }

    boolean truth(String name) {
      if (!node.path(name).isBoolean()) {
        throw fault(name, "neither true nor false");
      }
      return node.path(name).booleanValue();
    }

    <E extends Enum<E>> E word(String name, Class<E> type) {
      String word = text(name).toUpperCase(Locale.ROOT);
      for (E constant : type.getEnumConstants()) {
        if (constant.name().equals(word)) {
          return constant;
        }
      }
      throw fault(name, "none of " + List.of(type.getEnumConstants()));
    }

    <T> List<T> list(String name, Function<Field, T> element) {
      JsonNode value = node.path(name);
      if (!value.isArray()) {
        throw fault(name, value.isMissingNode() ? "missing" : "no list");
      }
      List<T> list = new ArrayList<>();
      for (int i = 0; i < value.size(); i++) {
        list.add(element.apply(new Field(value.get(i), path + name + "[" + i + "].")));
      }
      return List.copyOf(list);
    }
  }
}
