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
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A model card as strict JSON; what is wrong with it is told by the path of the field. */
final class CardFile {
  private static final String FORMAT = "medflink-model-card/1";
  private static final String RECALIBRATED = "recalibrated";
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

  /** The card's object, of this format. */
  static CardField parse(String json) {
    JsonNode tree;
    try {
      tree = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      long line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      throw new IllegalArgumentException("line " + line + ": not strict JSON (no name twice)");
    }
    return new CardField(tree, "");
  }

  private static void checkFormat(CardField card) {
    if (!card.text("format").equals(FORMAT)) {
      throw card.fault("format", "not " + FORMAT);
    }
  }

  static boolean isRecalibration(CardField card) {
    return card.node().path("kind").asText().equals(RECALIBRATED);
  }

  static CoefficientCard coefficients(CardField card) {
    card.only(
        "format,kind,id,version,citation,intended_use,output,intercept,mean,baseline_survival,"
            + "inputs,terms,levels");
    checkFormat(card);
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

  static RecalibrationCard recalibration(CardField card) {
    card.only("format,kind,id,version,citation,intended_use,model,output,intercept,slope,levels");
    checkFormat(card);
    CardField model = card.object("model");
    boolean embedded = model.has("format");
    CoefficientCard coefficients = embedded ? coefficients(model) : null;
    if (!embedded) {
      model.only("id,version");
    }
    return new RecalibrationCard(
        card.text("id"),
        card.text("version"),
        card.text("citation"),
        card.has("intended_use") ? card.text("intended_use") : null,
        model.text("id"),
        model.text("version"),
        coefficients,
        card.has("output") ? card.text("output") : null,
        card.number("intercept"),
        card.number("slope"),
        card.has("levels") ? card.list("levels", CardFile::level) : List.of());
  }

  private static InputCard input(CardField field) {
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

  private static Term term(CardField field) {
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

  private static Level level(CardField field) {
    field.only("from,level");
    double from = field.number("from");
    if (from < 0 || from >= 1) {
      throw field.fault("from", "not from 0 to under 1");
    }
    return new Level(from, field.word("level", RiskLevel.class));
  }

  static String write(CoefficientCard card) {
    return tree(card).toPrettyString() + "\n";
  }

  static String write(RecalibrationCard card) {
    ObjectNode tree = JSON.createObjectNode();
    tree.put("format", FORMAT).put("kind", RECALIBRATED);
    tree.put("id", card.id()).put("version", card.version()).put("citation", card.citation());
    if (card.intendedUse() != null) {
      tree.put("intended_use", card.intendedUse());
    }
    if (card.coefficients() == null) {
      tree.putObject("model").put("id", card.modelId()).put("version", card.modelVersion());
    } else {
      tree.set("model", tree(card.coefficients()));
    }
    if (card.output() != null) {
      tree.put("output", card.output());
    }
    tree.put("intercept", card.intercept()).put("slope", card.slope());
    putLevels(tree, card.levels());
    return tree.toPrettyString() + "\n";
  }

  private static void putLevels(ObjectNode tree, List<Level> levels) {
    ArrayNode list = tree.putArray("levels");
    for (Level level : levels) {
      list.addObject().put("from", level.from()).put("level", level.level().name());
    }
  }

  private static ObjectNode tree(CoefficientCard card) {
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
    putLevels(tree, card.levels());
    return tree;
  }
}
