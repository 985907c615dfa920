// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a model looks at, and what it takes for possible while it is unknown. Changes make a copy.
 *
 * <p>An input without a value makes its model's answer an interval ({@link Completion}), by what
 * {@link #unknown} says; a value that is none of {@link #possible} never reaches a model.
 */
public final class Input implements Serializable, Cloneable {
  private static final long serialVersionUID = 1;

  /** For whom a value counts. */
  public enum Scope {
    /** Within the stay it was measured in. */
    ENCOUNTER,
    /** As long as it isn't too old. */
    PATIENT
  }

  static final Duration LIFE = Duration.ofDays(150 * 366L);
  static final List<String> NO_YES = List.of("false", "true");

  private final String name;
  private final List<String> codes;
  private final List<ObservationType> types;
  private final @Nullable Derivation derivation;
  private @Nullable String unit; // what isn't final is written by the method that makes the copy
  private Range possible;
  private Range published;
  private Duration within = Duration.ofHours(12);
  private Scope scope;
  private @Nullable Duration history;
  private @Nullable Extreme worst;
  private Unknown unknown;
  private boolean optional;
  private List<Steps> cells = List.of();
  private List<Alias> aliases = List.of();
  double[] bends = {};
  @Nullable Duration every;
  private double assumed = Double.NaN;
  private int index = -1;

  private Input(
      String name,
      @Nullable String unit,
      List<String> codes,
      List<ObservationType> types,
      @Nullable Derivation derivation,
      Range possible) {
    this.name = name;
    this.unit = unit;
    this.codes = codes;
    this.types = types;
    this.derivation = derivation;
    this.possible = codes.isEmpty() ? possible : Range.closed(0, codes.size() - 1.0);
    this.published = this.possible;
    boolean ofStay = types.stream().anyMatch(type -> type.scope() == Scope.ENCOUNTER);
    this.scope = ofStay ? Scope.ENCOUNTER : Scope.PATIENT;
    this.unknown = codes.isEmpty() ? Unknown.REQUIRED : Unknown.CODES;
  }

  /** The newest value of a type, required, at most 12 hours old, of the type's scope. */
  public static Input of(String name, ObservationType type) {
    List<String> codes = type.codes().equals(List.of("no", "yes")) ? NO_YES : type.codes();
    return new Input(name, type.unit(), codes, List.of(type), null, type.possible());
  }

  /** A setting: a clinician's decision, with the value that stands until there is one. */
  public static Input setting(String name, ObservationType type, String assumed) {
    Input setting = of(name, type).within(LIFE);
    setting.unknown = Unknown.SETTING;
    setting.assumed = type.codes().indexOf(assumed);
    return setting;
  }

  /** A number that follows from several types. */
  public static Input derived(
      String name, String unit, Range possible, Derivation derivation, ObservationType... types) {
    return new Input(name, unit, List.of(), List.of(types), derivation, possible);
  }

  /** One of some codes (its position) that follows from several types. */
  public static Input derived(
      String name, List<String> codes, Derivation derivation, ObservationType... types) {
    return new Input(name, null, codes, List.of(types), derivation, Range.closed(0, 1));
  }

  /** Wants it in another unit than the type's canonical one. */
  public Input in(String newUnit, Range newPossible) {
    Input copy = with(changed -> changed.published = changed.possible = newPossible);
    copy.unit = newUnit;
    return copy;
  }

  /**
   * Takes it by another name in another unit too, in a {@link Questionnaire} and in SQL.
   *
   * @param newUnit UCUM, convertible to the input's unit, by the type's analyte where it has one
   */
  public Input alsoAs(String newName, String newUnit) {
    Stream<Alias> added = Stream.of(new Alias(newName, newUnit));
    return with(copy -> copy.aliases = Stream.concat(aliases.stream(), added).toList());
  }

  /** Belongs to the patient for life. */
  public Input ofPatient() {
    return ofPatient(LIFE);
  }

  /** Belongs to the patient, not to the stay, and counts for so long. */
  public Input ofPatient(Duration newWithin) {
    return within(newWithin).with(copy -> copy.scope = Scope.PATIENT);
  }

  /** Counts for so long after it was measured, both ends included. */
  public Input within(Duration newWithin) {
    return with(copy -> copy.within = newWithin);
  }

  /** Wants all values back to so long before the moment. */
  public Input history(Duration newHistory) {
    return within(newHistory).with(copy -> copy.history = newHistory);
  }

  /** Counts as the worst of so long before the moment; a derived one as the worst it was then. */
  public Input worst(Extreme direction, Duration window) {
    return within(window).with(copy -> copy.worst = direction);
  }

  /** Says how far apart the values of a history are, by rule. */
  public Input every(Duration newEvery) {
    return with(copy -> copy.every = newEvery);
  }

  /** {@link Unknown#RISING} over the published range. */
  public Input rising(Range newPublished) {
    return with(Unknown.RISING, newPublished);
  }

  /** {@link Unknown#RISING} over all that is possible. */
  public Input rising() {
    return with(Unknown.RISING, published);
  }

  /** {@link Unknown#FALLING} over the published range. */
  public Input falling(Range newPublished) {
    return with(Unknown.FALLING, newPublished);
  }

  /** {@link Unknown#FALLING} over all that is possible. */
  public Input falling() {
    return falling(published);
  }

  /** {@link Unknown#CORNERS}; bends: where a term's slope changes, both sides of where it jumps. */
  public Input corners(Range newPublished, double... newBends) {
    return with(Unknown.CORNERS, newPublished).with(copy -> copy.bends = newBends.clone());
  }

  /** {@link Unknown#CELLS} of the score's tables. */
  public Input cells(Steps... tables) {
    return with(Unknown.CELLS, published).with(copy -> copy.cells = List.of(tables));
  }

  /** {@link Unknown#REQUIRED}. */
  public Input required() {
    return with(Unknown.REQUIRED, published);
  }

  /**
   * {@link Unknown#OPTIONAL}; a comparator alone ({@code < 15}) is sought in as was declared
   * before, and counts as absent where nothing was.
   */
  public Input optional() {
    return with(copy -> copy.optional = true);
  }

  private Input with(Unknown newUnknown, Range newPublished) {
    Input copy = with(changed -> changed.unknown = newUnknown);
    copy.published = newPublished;
    return copy;
  }

  private Input with(Consumer<Input> change) {
    try {
      Input copy = (Input) clone();
      change.accept(copy);
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  Input at(int newIndex) {
    return with(copy -> copy.index = newIndex);
  }

  /** As in the reference vectors, such as {@code hr}. */
  public String name() {
    return name;
  }

  /** The UCUM unit in which the model wants it; null for coded inputs. */
  public @Nullable String unit() {
    return unit;
  }

  /** Its other names, each in its unit. */
  public List<Alias> aliases() {
    return aliases;
  }

  /** A coded input's words, by number; {@code false, true} for yes or no; empty for numbers. */
  public List<String> codes() {
    return codes;
  }

  /** Where it comes from: one type, or those that the derivation needs. */
  public List<ObservationType> types() {
    return types;
  }

  /** How it follows from its types; null when it is the value of its only type. */
  public @Nullable Derivation derivation() {
    return derivation;
  }

  /** The numbers that can be true, in the input's unit. */
  public Range possible() {
    return possible;
  }

  /** The numbers that the publication covers: what an unknown value is sought in. */
  public Range published() {
    return published;
  }

  /** How old a value may be at the moment assessed. */
  public Duration within() {
    return within;
  }

  /** Whether a value dies with its encounter. */
  public Scope scope() {
    return scope;
  }

  /** How far back the model wants all values; null for the latest one only. */
  public @Nullable Duration history() {
    return history;
  }

  /** Which of the values that are not too old counts; null for the newest one. */
  public @Nullable Extreme worst() {
    return worst;
  }

  /** What happens while there is no value. */
  public Unknown unknown() {
    return optional ? Unknown.OPTIONAL : unknown;
  }

  /** How a value is sought; for an optional input while only a comparator is known of it. */
  public Unknown sought() {
    return unknown;
  }

  /** The score's tables of this input, for {@link Unknown#CELLS}. */
  public List<Steps> cells() {
    return cells;
  }

  /** The value of a setting that nobody made, NaN for all other inputs. */
  public double assumed() {
    return assumed;
  }

  /** The position among the model's inputs, set by {@link ModelCard#input}. */
  public int index() {
    return index;
  }

  /** Whether it is yes or no. */
  public boolean isYesNo() {
    return codes.equals(NO_YES);
  }

  /** The number of a coded input's word, NaN for a word that is none of its codes. */
  public double code(String word) {
    return codes.contains(word) ? codes.indexOf(word) : Double.NaN;
  }
}
