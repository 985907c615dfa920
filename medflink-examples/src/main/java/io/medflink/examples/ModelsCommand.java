// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.core.Alias;
import io.medflink.core.Input;
import io.medflink.core.ModelCard;
import io.medflink.core.Output;
import io.medflink.core.Range;
import io.medflink.core.RiskModel;
import io.medflink.models.RiskModels;
import io.medflink.models.capacity.CapacityBalance;
import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;

/** Shows what there is to assess and advise with. */
@Command(
    name = "models",
    description = "Lists every model with its intended use, inputs with units, and source.")
final class ModelsCommand implements Callable<Integer> {
  private static final int WIDTH = 96;

  @Override
  public Integer call() {
    PrintStream out = System.out;
    for (RiskModel model : RiskModels.all()) {
      show(model.card(), out);
    }
    show(new CapacityBalance().card(), out);
    out.flush();
    return 0;
  }

  private static void show(ModelCard card, PrintStream out) {
    out.println(card.id() + " (" + card.version() + ")");
    wrap("  use     ", card.intendedUse(), out);
    for (Input input : card.inputs()) {
      wrap("  input   ", input.name() + ": " + of(input), out);
      for (Alias alias : input.aliases()) {
        wrap("  or      ", alias.name() + ": " + alias.unit(), out);
      }
    }
    for (ModelCard.Checklist list : card.checklists()) {
      String names = list.inputs().stream().map(Input::name).collect(Collectors.joining(", "));
      wrap("  or      ", list.name() + ": a list of those that are true: " + names, out);
    }
    for (Output output : card.outputs()) {
      String kind = output.codes().isEmpty() ? output.unit() : String.join(" | ", output.codes());
      wrap("  output  ", output.name() + ": " + kind, out);
    }
    wrap("  source  ", card.citation(), out);
    out.println();
  }

  private static String of(Input input) {
    String unit = input.unit();
    String kind =
        input.codes().isEmpty()
            ? (unit == null ? "" : unit + ", ") + range(input.possible())
            : String.join(" | ", input.codes());
    if (input.worst() != null) {
      kind += "; the " + input.worst().name().toLowerCase(Locale.ROOT) + " of ";
      kind += input.within().toHours() + " h";
    }
    return switch (input.unknown()) {
      case REQUIRED -> kind + "; needed";
      case OPTIONAL -> kind + "; optional";
      case SETTING -> kind + "; a setting, assumed " + input.codes().get((int) input.assumed());
      default -> kind;
    };
  }

  private static String range(Range range) {
    return range.toString().replace(" x ", " … ").replaceAll("<= … <=|< … <=|<= … <|< … <", "to");
  }

  /** Lines of at most {@link #WIDTH} characters, the later ones set in as far as the first. */
  private static void wrap(String label, String text, PrintStream out) {
    StringBuilder line = new StringBuilder(label);
    for (String word : text.split(" ", -1)) {
      if (line.length() + word.length() >= WIDTH && !line.toString().isBlank()) {
        out.println(line.toString().stripTrailing());
        line.setLength(0);
        line.append(String.format(Locale.ROOT, "%" + label.length() + "s", ""));
      }
      line.append(word).append(' ');
    }
    out.println(line.toString().stripTrailing());
  }
}
