// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import io.medflink.connectors.feeds.Profile;
import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A patient as PID-3 or MRG-1 tell it: a list of CX.
 *
 * @param key by the first authority of the profile that gave an identifier
 * @param identifiers all that name their authority, each {@code authority|identifier}
 */
record Patient(String key, String[] identifiers) {
  /** Types of identifiers (HL7 table 0203) that several people share, or one has many of. */
  private static final Set<String> NOT_THE_PATIENTS =
      Set.of("AN", "VN", "SS", "SSN", "DL", "PPN", "MC", "MA", "BC", "PK", "EN", "TAX");

  private static final String[] NONE = {};
  private static final List<String> MEDICAL_RECORD = List.of("MR", "MRN", "PI", "PT");

  private record Identifier(String id, String authority, String universal, String type) {}

  /**
   * Reads the identifiers of a field.
   *
   * @throws BadInputException {@code NO_PATIENT_ID}, {@code UNDECODABLE}; without a field
   */
  static Patient of(Er7Segment segment, int field, Profile profile, Names names) {
    List<Identifier> sent = new ArrayList<>(2);
    int repetitions = segment.repetitions(field);
    for (int r = 1; r <= repetitions; r++) {
      long cx = segment.repetition(field, r);
      String id = segment.text(segment.component(cx, 1));
      long authority = segment.component(cx, 4);
      if (id != null) {
        sent.add(
            new Identifier(
                id,
                orEmpty(names.of(segment, segment.subcomponent(authority, 1))),
                orEmpty(names.of(segment, segment.subcomponent(authority, 2))),
                orEmpty(names.of(segment, segment.component(cx, 5)))));
      }
    }
    String key = null;
    List<String> identifiers = new ArrayList<>(sent.size());
    for (Map.Entry<String, String> authority : profile.authorities().entrySet()) {
      for (Identifier i : sent) {
        if (isOf(i, authority.getKey())) {
          String whole = authority.getValue() + "|" + i.id;
          key = key == null ? whole : key;
          identifiers.add(whole);
        }
      }
    }
    for (Identifier i : sent) {
      if (!i.authority.isEmpty() && !isKnown(i, profile)) {
        identifiers.add(i.authority + "|" + i.id);
      }
    }
    if (key == null && profile.fallback()) {
      key = fallback(sent, profile.feed());
    }
    if (key == null) {
      throw new BadInputException(RejectCode.NO_PATIENT_ID, null);
    }
    return new Patient(key, identifiers.toArray(NONE));
  }

  private static boolean isKnown(Identifier i, Profile profile) {
    for (String authority : profile.authorities().keySet()) {
      if (isOf(i, authority)) {
        return true;
      }
    }
    return false;
  }

  /** {@code AUTHORITY}, {@code AUTHORITY^TYPE} or {@code ^TYPE}. */
  private static boolean isOf(Identifier i, String authority) {
    int caret = authority.indexOf('^');
    String issuer = caret < 0 ? authority : authority.substring(0, caret);
    boolean issued =
        caret == 0
            || (!issuer.isEmpty() && (issuer.equals(i.authority) || issuer.equals(i.universal)));
    return issued && (caret < 0 || authority.substring(caret + 1).equals(i.type));
  }

  private static @Nullable String fallback(List<Identifier> sent, String sender) {
    Identifier best = null;
    int rank = Integer.MAX_VALUE;
    for (Identifier i : sent) {
      int known = MEDICAL_RECORD.indexOf(i.type);
      int its = known >= 0 ? known : i.type.isEmpty() ? 10 : 11;
      if (!NOT_THE_PATIENTS.contains(i.type) && its < rank) {
        best = i;
        rank = its;
      }
    }
    if (best == null) {
      return null;
    }
    return (best.authority.isEmpty() ? sender : best.authority) + "|" + best.id;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** How many identifiers; never which. */
  @Override
  public String toString() {
    return "Patient[" + identifiers.length + " identifiers]";
  }
}
