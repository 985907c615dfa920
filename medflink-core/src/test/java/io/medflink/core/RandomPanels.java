// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Seeded random panels: each field absent or present, of usual and of odd content. Odd is whatever
 * the types allow (any string, any double, any instant), not only what {@code Clean} lets pass.
 */
public final class RandomPanels {
  private static final String[] CODES = {"8867-4", "9279-1", "2345-7", "21112-8", "99999-9"};
  private static final String[] UNITS = {"/min", "mm[Hg]", "mmol/L", "Cel", "{odd}"};
  private static final double[] ODD_NUMBERS = {
    0.0,
    -0.0,
    Double.NaN,
    Double.longBitsToDouble(0xfff8000000000123L),
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    0.1
  };
  private static final Instant[] ODD_INSTANTS = {
    Instant.EPOCH,
    Instant.MIN,
    Instant.MAX,
    Instant.ofEpochMilli(Long.MIN_VALUE),
    Instant.ofEpochMilli(Long.MAX_VALUE),
    Instant.ofEpochSecond(-1, 999_999_999)
  };

  private final Random random;

  /** Panels that are the same for the same seed. */
  public RandomPanels(long seed) {
    random = new Random(seed);
  }

  /** The next panel. */
  public Panel next() {
    return new Panel(
        "hospital|" + random.nextInt(1000),
        maybe(this::string),
        maybe(this::string),
        maybe(this::string),
        maybe(this::string),
        instant(),
        maybe(this::instant),
        maybe(this::instant),
        maybe(this::string),
        random.ints(random.nextInt(3)).mapToObj(i -> "a|" + i).toArray(String[]::new),
        random.ints(random.nextInt(9)).mapToObj(i -> observation()).toArray(Observation[]::new));
  }

  /** One observation. */
  public Observation observation() {
    return new Observation(
        maybe(() -> one(CODES)),
        number(),
        maybe(this::string),
        maybe(() -> one(UNITS)),
        one(Observation.Status.values()),
        maybe(this::string),
        maybe(this::string),
        maybe(this::string),
        maybe(this::string),
        maybe(this::string),
        maybe(() -> one(Observation.Comparator.values())),
        random.nextBoolean() ? Double.NaN : number(),
        random.nextBoolean() ? Double.NaN : number(),
        maybe(() -> one(new String[] {"H", "L", "odd", string()})),
        maybe(() -> one(Observation.Method.values())),
        random.nextBoolean() ? 0 : random.nextInt());
  }

  /** Usual, empty, long, accented, Chinese, emoji, half an emoji, control characters. */
  private String string() {
    return switch (random.nextInt(9)) {
      case 0 -> "";
      case 1 -> "é".repeat(random.nextInt(100));
      case 2 -> "病房".repeat(random.nextInt(100));
      case 3 -> "\uD83C\uDFE5 ward";
      case 4 -> "half \uD83C";
      case 5 -> "\0\u001b\n\u00ff";
      case 6 -> "x".repeat(random.nextInt(3000));
      default -> "ward-" + random.nextInt(100);
    };
  }

  private double number() {
    return switch (random.nextInt(3)) {
      case 0 -> one(random, ODD_NUMBERS);
      case 1 -> Double.longBitsToDouble(random.nextLong());
      default -> random.nextInt(3000) / 10.0;
    };
  }

  private static double one(Random random, double[] of) {
    return of[random.nextInt(of.length)];
  }

  private Instant instant() {
    return switch (random.nextInt(4)) {
      case 0 -> one(ODD_INSTANTS);
      case 1 -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
      default -> Instant.ofEpochMilli(1_700_000_000_000L + random.nextInt());
    };
  }

  private <T> T one(T[] of) {
    return of[random.nextInt(of.length)];
  }

  private <T> T maybe(Supplier<T> value) {
    return random.nextBoolean() ? value.get() : null;
  }
}
