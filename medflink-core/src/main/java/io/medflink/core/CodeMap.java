// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.IOException;
import java.io.Reader;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a feed's local codes, units and coded texts mean: a CSV (RFC 4180, UTF-8) with the columns
 * {@code feed,system,code,loinc,local_unit,unit,local_value,value} in any order; further columns
 * are ignored.
 *
 * <p>A row applies where everything that it states of {@code feed}, {@code system}, {@code code},
 * {@code local_unit} and {@code local_value} is exactly what was sent; empty = any. It answers with
 * {@code loinc} (LOINC, or {@code medflink:…}), {@code unit} (UCUM) and {@code value} (a code of
 * the type, a number or an ISO 8601 date); an empty answer leaves what was sent.
 *
 * <ul>
 *   <li><b>Which row:</b> for each answer, of the rows that apply the most specific one, the
 *       columns weighed from left to right: one that states the feed beats one that doesn't, then
 *       the system, the code, the local unit, the local value. Two rows with the same conditions
 *       and different answers are an error.
 *   <li><b>Nothing sent:</b> a {@code unit} without a {@code local_unit} is for values that come
 *       without any unit, a {@code value} without a {@code local_value} for those that come without
 *       any value. Neither ever replaces what was sent; the row's {@code loinc} holds in any case.
 *   <li><b>Without a code,</b> {@code loinc} is a condition: the row is about all values of that
 *       type, whatever their local code.
 *   <li><b>Where all rows of a code agree on its LOINC,</b> it is that also for units and values
 *       that none of them lists.
 *   <li><b>Declared systems:</b> a code declared as LOINC is looked up with the system {@code
 *       http://loinc.org} (or {@code LN}), a unit declared as UCUM by its text; a row overrides it.
 * </ul>
 *
 * <p>Immutable; a look-up costs a few probes of a hash table and allocates nothing.
 */
public final class CodeMap implements Serializable {
  private static final long serialVersionUID = 1;
  private static final CodeMap NONE =
      new CodeMap(
          0,
          Lookup.of(List.of()),
          Lookup.of(List.of()),
          Lookup.of(List.of()),
          Lookup.of(List.of()));

  private final int rows;
  private final Lookup loincs;
  private final Lookup agreed;
  private final Lookup units;
  private final Lookup values;

  CodeMap(int rows, Lookup loincs, Lookup agreed, Lookup units, Lookup values) {
    this.rows = rows;
    this.loincs = loincs;
    this.agreed = agreed;
    this.units = units;
    this.values = values;
  }

  /** Maps nothing: for feeds that send LOINC and UCUM. */
  public static CodeMap none() {
    return NONE;
  }

  /**
   * Reads a code map.
   *
   * @param file the CSV; a byte order mark is skipped
   * @param own the application's own types, whose codes the map may use
   * @throws IOException when the file can't be read or isn't UTF-8
   * @throws IllegalArgumentException when a line is wrong: it is named, with the reason
   */
  public static CodeMap read(Path file, ObservationType... own) throws IOException {
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return read(reader, own);
    }
  }

  /**
   * Reads a code map; the reader is left open.
   *
   * @param csv the CSV; a byte order mark is skipped
   * @param own the application's own types, whose codes the map may use
   * @throws IOException when the text can't be read
   * @throws IllegalArgumentException when a line is wrong: it is named, with the reason
   */
  public static CodeMap read(Reader csv, ObservationType... own) throws IOException {
    return new CodeMapFile(KnownTypes.with(own)).read(csv);
  }

  /**
   * Reads the code maps of several feeds as one; rows that state no feed are about the feed whose
   * file they stand in.
   *
   * @param files each feed's CSV
   * @param own the application's own types, whose codes the maps may use
   * @throws IOException when a file can't be read or isn't UTF-8
   * @throws IllegalArgumentException when a line is wrong: it is named, with the feed and the
   *     reason
   */
  public static CodeMap ofFeeds(Map<String, Path> files, ObservationType... own)
      throws IOException {
    CodeMapFile all = new CodeMapFile(KnownTypes.with(own));
    String current = "";
    try {
      for (Map.Entry<String, Path> file : files.entrySet()) {
        current = file.getKey();
        try (Reader reader = Files.newBufferedReader(file.getValue(), StandardCharsets.UTF_8)) {
          all.add(reader, current);
        }
      }
      return all.map();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the code map of feed " + current + ", " + e.getMessage());
    }
  }

  @Nullable String loinc(String feed, String system, String code, String unit, String value) {
    if (code.isEmpty()) {
      return null;
    }
    String loinc = loincs.find(feed, system, code, "", unit, value);
    return loinc == null ? agreed.find(feed, system, code, "", unit, value) : loinc;
  }

  @Nullable String unit(
      String feed, String system, String code, String loinc, String unit, String value) {
    return units.find(feed, system, code, loinc, unit, value);
  }

  @Nullable String value(
      String feed, String system, String code, String loinc, String unit, String value) {
    return values.find(feed, system, code, loinc, unit, value);
  }

  /** How many rows; never what they say. */
  @Override
  public String toString() {
    return "CodeMap[" + rows + " rows]";
  }
}
