// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.units;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fhir.ucum.DefinedUnit;
import org.fhir.ucum.Prefix;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;
import org.fhir.ucum.UcumModel;

/** Expressions derived at random from UCUM's grammar, the same for the same seed. */
final class GeneratedExpressions {
  private static final String[] ANNOTATIONS = {"{cells}", "{}", "{body_wt}", "{m/s}"};

  private final Random random;
  private final List<String> prefixes;
  private final List<String> metric = new ArrayList<>();
  private final List<String> other = new ArrayList<>();

  GeneratedExpressions(long seed) {
    random = new Random(seed);
    UcumModel model = service().getModel();
    prefixes = model.getPrefixes().stream().map(Prefix::getCode).toList();
    model.getBaseUnits().forEach(unit -> metric.add(unit.getCode()));
    for (DefinedUnit unit : model.getDefinedUnits()) {
      if (!unit.isSpecial() && !unit.getValue().getUnit().equals("1")) {
        (unit.isMetric() ? metric : other).add(unit.getCode());
      }
    }
    other.remove("[IU]");
    metric.remove("[IU]");
    other.addAll(List.of("10*", "10^", "[pi]"));
  }

  static UcumEssenceService service() {
    try {
      return new UcumEssenceService(
          UcumEssenceService.class.getResourceAsStream("/ucum-essence.xml"));
    } catch (UcumException e) {
      throw new AssertionError("no definitions", e);
    }
  }

  String next() {
    return (random.nextInt(10) == 0 ? "/" : "") + term(2);
  }

  /** Characters of UCUM in no order. */
  String noise() {
    String alphabet = "mgsLKd%[]{}()./+-0123*^ '\u00e9";
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(9); length >= 0; length--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }

  private String term(int depth) {
    StringBuilder text = new StringBuilder(component(depth));
    for (int more = random.nextInt(3); more > 0; more--) {
      text.append(random.nextBoolean() ? '.' : '/').append(component(depth));
    }
    return text.toString();
  }

  private String component(int depth) {
    return switch (random.nextInt(depth > 0 ? 10 : 8)) {
      case 0 -> String.valueOf(1 + random.nextInt(999));
      case 1 -> pick(List.of(ANNOTATIONS));
      case 2 -> unit() + exponent() + pick(List.of(ANNOTATIONS));
      case 3, 4 -> unit() + exponent();
      case 5, 6, 7 -> unit();
      default -> "(" + term(depth - 1) + ")";
    };
  }

  private String unit() {
    return switch (random.nextInt(3)) {
      case 0 -> pick(other);
      case 1 -> pick(metric);
      default -> pick(prefixes) + pick(metric);
    };
  }

  private String exponent() {
    return pick(List.of("2", "-1", "+3", "-2", "1"));
  }

  private String pick(List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
