// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a model says of itself: identity, source, intended use, and the inputs and outputs in their
 * order. A model declares it once, as constants.
 */
public final class ModelCard implements Serializable {
  private static final long serialVersionUID = 1;

  private final String id;
  private final String version;
  private final String citation;
  private final String intendedUse;
  private final ArrayList<Input> inputs = new ArrayList<>();
  private final ArrayList<@Nullable Input> alternatives = new ArrayList<>();
  private final ArrayList<Elsewhere> elsewhere = new ArrayList<>();
  private final ArrayList<@Nullable Input> uppers = new ArrayList<>();
  private final ArrayList<Output> outputs = new ArrayList<>();
  private final ArrayList<Checklist> checklists = new ArrayList<>();

  /**
   * A name for several yes-or-no inputs at once: a list of those that are yes; the others are no.
   *
   * @param name as in the reference vectors, such as {@code conditions}
   * @param inputs whose names the list takes
   */
  public record Checklist(String name, List<Input> inputs) implements Serializable {}

  /** Whether a chart tells what an input would tell. A pure function. */
  @FunctionalInterface
  public interface Elsewhere extends Serializable {
    /** While the input is absent. */
    boolean tells(Chart chart);
  }

  private ModelCard(String id, String version, String citation, String intendedUse) {
    this.id = id;
    this.version = version;
    this.citation = citation;
    this.intendedUse = intendedUse;
  }

  /** A card without inputs and outputs yet. */
  public static ModelCard of(String id, String version, String citation, String intendedUse) {
    return new ModelCard(id, version, citation, intendedUse);
  }

  /** Declares the next input and gives it back with its position, to be kept as a constant. */
  public Input input(Input input) {
    return input(input, null, null, chart -> false);
  }

  /**
   * Declares the inputs of another model before any of its own, in their order and with all that is
   * said of them, so that the other model can be asked about this one's charts.
   *
   * @throws IllegalStateException when there are inputs already
   */
  public ModelCard inputsOf(ModelCard other) {
    if (!inputs.isEmpty()) {
      throw new IllegalStateException("the inputs of another model come first");
    }
    inputs.addAll(other.inputs);
    alternatives.addAll(other.alternatives);
    elsewhere.addAll(other.elsewhere);
    uppers.addAll(other.uppers);
    checklists.addAll(other.checklists);
    return this;
  }

  /**
   * Declares an input that is neither needed nor missing where another one is known: two ways to
   * tell one thing. The other one is declared optional; where neither is known, this one is
   * missing.
   */
  public Input inputUnless(Input known, Input input) {
    return input(input, known, null, chart -> !Double.isNaN(chart.value(known)));
  }

  /** Declares an input that is neither needed nor missing where others tell the same. */
  public Input inputUnless(Elsewhere told, Input input) {
    return input(input, null, null, told);
  }

  /**
   * Declares an input that is never over another one, as diastolic pressure never is over systolic.
   * While one of them is unknown it is sought only where this holds; the model refuses a chart that
   * says otherwise.
   */
  public Input inputUnder(Input upper, Input input) {
    return input(input, null, upper, chart -> false);
  }

  private Input input(
      Input input, @Nullable Input alternative, @Nullable Input upper, Elsewhere told) {
    Input placed = input.at(inputs.size());
    inputs.add(placed);
    alternatives.add(alternative);
    elsewhere.add(told);
    uppers.add(upper);
    return placed;
  }

  /** Declares a name by which a {@link Questionnaire} takes several yes-or-no inputs at once. */
  public void checklist(String name, Input... yesNoInputs) {
    checklists.add(new Checklist(name, List.of(yesNoInputs)));
  }

  /** Declares a numeric output; the first one is the primary prediction. */
  public Output output(String name, String unit) {
    return output(name, unit, List.of(), false, false);
  }

  /**
   * Declares a numeric output that tells the least of what is possible: for scores that by
   * convention count what nobody measured as nothing. Another output tells the exact interval.
   */
  public Output outputAtLeast(String name, String unit) {
    return output(name, unit, List.of(), true, false);
  }

  /** Declares a coded output, the codes from least to most serious. */
  public Output coded(String name, String... codes) {
    return output(name, "1", List.of(codes), false, false);
  }

  /** Declares a yes-or-no output. */
  public Output yesNo(String name) {
    return output(name, "1", Input.NO_YES, false, false);
  }

  /** Declares a numeric output that is told at each time of a list of values, in a list. */
  public Output outputCourse(String name, String unit) {
    return output(name, unit, List.of(), false, true);
  }

  /** Declares a yes-or-no output that is told at each time of a list of values, in a list. */
  public Output yesNoCourse(String name) {
    return output(name, "1", Input.NO_YES, false, true);
  }

  private Output output(
      String name, String unit, List<String> codes, boolean atLeast, boolean course) {
    if (outputs.size() == Long.SIZE) {
      throw new IllegalStateException(id + " declares more than 64 outputs");
    }
    Output placed = new Output(name, unit, codes, atLeast, course, outputs.size());
    outputs.add(placed);
    return placed;
  }

  /** The published name in lower case with hyphens, such as {@code news2}. */
  public String id() {
    return id;
  }

  /** The edition of the publication, and ours when the reading of it changes. */
  public String version() {
    return version;
  }

  /** Where the numbers come from. */
  public String citation() {
    return citation;
  }

  /** For whom and for what; and for whom not. */
  public String intendedUse() {
    return intendedUse;
  }

  /** The inputs in the order declared. */
  public List<Input> inputs() {
    return Collections.unmodifiableList(inputs);
  }

  /** Whether the chart tells otherwise what this absent input would tell. */
  public boolean isNeedless(Input input, Chart chart) {
    return elsewhere.get(input.index()).tells(chart);
  }

  /** The one input beside which this one isn't needed; null where there is no such. */
  public @Nullable Input alternative(Input input) {
    return alternatives.get(input.index());
  }

  /** The input that this one is never over; null where there is none. */
  public @Nullable Input upper(Input input) {
    return uppers.get(input.index());
  }

  /** The names for several inputs at once. */
  public List<Checklist> checklists() {
    return Collections.unmodifiableList(checklists);
  }

  /** The outputs in the order declared, the primary one first. */
  public List<Output> outputs() {
    return Collections.unmodifiableList(outputs);
  }
}
