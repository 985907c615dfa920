// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model looks at, and what it takes for possible while it is unknown.
 *
 * @param name as in the reference vectors, such as {@code hr}
 * @param unit the UCUM unit in which the model wants it; null for coded inputs
 * @param codes the words of a coded input, whose position is its number; {@code false, true} for
 *     yes or no; empty for numbers
 * @param types where it comes from: one type, or those that {@code derivation} needs
 * @param derivation null when it is the value of its only type
 * @param possible the numbers that can be true, in {@code unit}
 * @param published the numbers that the publication covers: what an unknown value is sought in
 * @param within how old a value may be at the moment assessed
 * @param scope whether a value dies with its encounter
 * @param history how far back a model wants all values; null for the latest one only
 * @param unknown what happens while there is no value
 * @param cells the score's tables of this input, for {@link Unknown#CELLS}
 * @param assumed the value of a setting that nobody made
 * @param index the position among the model's inputs, set by {@link ModelCard#input}
 */
public record Input(
    String name,
    @Nullable String unit,
    List<String> codes,
    List<ObservationType> types,
    @Nullable Derivation derivation,
    Range possible,
    Range published,
    Duration within,
    Scope scope,
    @Nullable Duration history,
    Unknown unknown,
    List<Steps> cells,
    double assumed,
    int index)
    implements Serializable {

  /** For whom a value counts. */
  public enum Scope {
    /** Within the stay it was measured in. */
    ENCOUNTER,
    /** As long as it isn't too old. */
    PATIENT
  }

  /** What happens while an input has no value. */
  public enum Unknown {
    /** More of it never lowers any prediction nor the level: its ends are tried. */
    RISING,
    /** More of it never raises any prediction nor the level: its ends are tried. */
    FALLING,
    /** The extremes lie at its ends, whichever they are: all corners are tried. */
    CORNERS,
    /** It counts by tables: the bands with the fewest and the most points are tried. */
    CELLS,
    /** Each code is tried. */
    CODES,
    /** Extremes may lie inside: there is no answer without it. */
    REQUIRED,
    /** The model itself says what its absence means. */
    OPTIONAL,
    /** The assumed value stands until somebody decides otherwise. */
    SETTING
  }

  private static final Duration TWELVE_HOURS = Duration.ofHours(12);
  private static final Duration LIFE = Duration.ofDays(150 * 366L);

  /** The newest value of a type, required, of this stay and at most 12 hours old. */
  public static Input of(String name, ObservationType type) {
    boolean coded = !type.codes().isEmpty();
    List<String> codes = isYesNo(type) ? List.of("false", "true") : type.codes();
    return new Input(
        name,
        type.unit(),
        codes,
        List.of(type),
        null,
        type.possible(),
        type.possible(),
        TWELVE_HOURS,
        Scope.ENCOUNTER,
        null,
        coded ? Unknown.CODES : Unknown.REQUIRED,
        List.of(),
        Double.NaN,
        -1);
  }

  /** A setting: a clinician's decision, with the value that stands until there is one. */
  public static Input setting(String name, ObservationType type, String assumed) {
    return of(name, type)
        .with(Unknown.SETTING, List.of(), type.codes().indexOf(assumed))
        .within(LIFE);
  }

  /** A number that follows from several types. */
  public static Input derived(
      String name, String unit, Range possible, Derivation derivation, ObservationType... types) {
    return new Input(
        name,
        unit,
        List.of(),
        List.of(types),
        derivation,
        possible,
        possible,
        TWELVE_HOURS,
        Scope.ENCOUNTER,
        null,
        Unknown.REQUIRED,
        List.of(),
        Double.NaN,
        -1);
  }

  /** A yes or no (1 or 0) that follows from several types. */
  public static Input derivedYesNo(String name, Derivation derivation, ObservationType... types) {
    return new Input(
        name,
        null,
        List.of("false", "true"),
        List.of(types),
        derivation,
        Range.closed(0, 1),
        Range.closed(0, 1),
        TWELVE_HOURS,
        Scope.ENCOUNTER,
        null,
        Unknown.CODES,
        List.of(),
        Double.NaN,
        -1);
  }

  private static boolean isYesNo(ObservationType type) {
    return type.codes().equals(List.of("no", "yes"));
  }

  /** Wants it in another unit than the type's canonical one. */
  public Input in(String newUnit, Range newPossible) {
    return new Input(
        name,
        newUnit,
        codes,
        types,
        derivation,
        newPossible,
        newPossible,
        within,
        scope,
        history,
        unknown,
        cells,
        assumed,
        index);
  }

  /** Belongs to the patient, not to the stay, and counts for so long. */
  public Input ofPatient(Duration newWithin) {
    return new Input(
        name,
        unit,
        codes,
        types,
        derivation,
        possible,
        published,
        newWithin,
        Scope.PATIENT,
        history,
        unknown,
        cells,
        assumed,
        index);
  }

  /** Belongs to the patient for life. */
  public Input ofPatient() {
    return ofPatient(LIFE);
  }

  /** Counts for so long after it was measured, both ends included. */
  public Input within(Duration newWithin) {
    return new Input(
        name,
        unit,
        codes,
        types,
        derivation,
        possible,
        published,
        newWithin,
        scope,
        history,
        unknown,
        cells,
        assumed,
        index);
  }

  /** Wants all values back to so long before the moment. */
  public Input history(Duration newHistory) {
    return new Input(
        name,
        unit,
        codes,
        types,
        derivation,
        possible,
        published,
        newHistory,
        scope,
        newHistory,
        unknown,
        cells,
        assumed,
        index);
  }

  /** {@link Unknown#RISING} over the published range. */
  public Input rising(Range newPublished) {
    return published(newPublished).with(Unknown.RISING, List.of(), assumed);
  }

  /** {@link Unknown#RISING}, for yes or no. */
  public Input rising() {
    return rising(published);
  }

  /** {@link Unknown#FALLING} over the published range. */
  public Input falling(Range newPublished) {
    return published(newPublished).with(Unknown.FALLING, List.of(), assumed);
  }

  /** {@link Unknown#CORNERS} over the published range. */
  public Input corners(Range newPublished) {
    return published(newPublished).with(Unknown.CORNERS, List.of(), assumed);
  }

  /** {@link Unknown#CELLS} of the score's tables. */
  public Input cells(Steps... tables) {
    return with(Unknown.CELLS, List.of(tables), assumed);
  }

  /** {@link Unknown#REQUIRED}. */
  public Input required() {
    return with(Unknown.REQUIRED, List.of(), assumed);
  }

  /** {@link Unknown#OPTIONAL}. */
  public Input optional() {
    return with(Unknown.OPTIONAL, List.of(), assumed);
  }

  private Input published(Range newPublished) {
    return new Input(
        name,
        unit,
        codes,
        types,
        derivation,
        possible,
        newPublished,
        within,
        scope,
        history,
        unknown,
        cells,
        assumed,
        index);
  }

  private Input with(Unknown newUnknown, List<Steps> newCells, double newAssumed) {
    return new Input(
        name,
        unit,
        codes,
        types,
        derivation,
        possible,
        published,
        within,
        scope,
        history,
        newUnknown,
        newCells,
        newAssumed,
        index);
  }

  Input at(int newIndex) {
    return new Input(
        name,
        unit,
        codes,
        types,
        derivation,
        possible,
        published,
        within,
        scope,
        history,
        unknown,
        cells,
        assumed,
        newIndex);
  }

  /** Whether it is yes or no. */
  public boolean isYesNo() {
    return codes.equals(List.of("false", "true"));
  }

  /** The number of a coded input's word, NaN for a word that is none of its codes. */
  public double code(String word) {
    int at = codes.indexOf(word);
    return at < 0 ? Double.NaN : at;
  }
}
