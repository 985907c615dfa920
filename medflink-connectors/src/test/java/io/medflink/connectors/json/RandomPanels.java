// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.json;

import io.medflink.core.Observation;
import io.medflink.core.Panel;
import java.time.Instant;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Panels as decoders make them, every optional field present or absent by chance. */
final class RandomPanels {
  private static final String[] WORDS = {
    "a", "ä€𝄞", "quote\"back\\slash", "line\nfeed", " ", "x|1"
  };

  private RandomPanels() {}

  static Panel next(Random random) {
    Supplier<@Nullable String> text =
        () -> random.nextBoolean() ? null : WORDS[random.nextInt(WORDS.length)];
    Supplier<@Nullable Instant> moment =
        () ->
            random.nextBoolean()
                ? null
                : Instant.ofEpochMilli(random.nextLong(-1L << 40, 1L << 41));
    Observation[] observations = new Observation[random.nextInt(4)];
    for (int i = 0; i < observations.length; i++) {
      observations[i] = observation(random, text);
    }
    String[] identifiers = new String[random.nextInt(3)];
    for (int i = 0; i < identifiers.length; i++) {
      identifiers[i] = "mrn|" + i;
    }
    return new Panel(
        "mrn|" + random.nextInt(),
        text.get(),
        text.get(),
        text.get(),
        text.get(),
        Instant.ofEpochMilli(random.nextLong(-1L << 40, 1L << 41)),
        moment.get(),
        moment.get(),
        text.get(),
        identifiers,
        observations);
  }

  private static Observation observation(Random random, Supplier<@Nullable String> text) {
    boolean canonical = random.nextBoolean();
    boolean number = random.nextBoolean();
    Observation.Comparator[] comparators = Observation.Comparator.values();
    Observation.Method[] methods = Observation.Method.values();
    return new Observation(
        canonical ? random.nextBoolean() ? "8867-4" : "medflink:smoker" : null,
        number ? number(random) : Double.NaN,
        canonical && !number ? "coded" : null,
        text.get(),
        Observation.Status.values()[random.nextInt(4)],
        canonical ? null : text.get(),
        canonical ? null : "local",
        text.get(),
        canonical || number ? text.get() : "local text",
        text.get(),
        random.nextBoolean() ? null : comparators[random.nextInt(comparators.length)],
        number(random),
        random.nextBoolean() ? Double.NaN : number(random),
        text.get(),
        random.nextBoolean() ? null : methods[random.nextInt(methods.length)],
        random.nextInt(2));
  }

  private static double number(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextInt(200);
      case 1 -> Math.round(random.nextDouble() * 1000) / 10.0;
      case 2 -> -0.0;
      default -> {
        double any = Double.longBitsToDouble(random.nextLong());
        yield Double.isFinite(any) ? any : 0.1;
      }
    };
  }
}
