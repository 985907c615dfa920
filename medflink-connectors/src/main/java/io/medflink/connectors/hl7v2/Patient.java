// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import io.medflink.connectors.feeds.Profile;
import io.medflink.connectors.hl7v2.Names.Issuer;
import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import java.util.Arrays;
import java.util.List;
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

  private static final List<String> MEDICAL_RECORD = List.of("MR", "MRN", "PI", "PT");

  /**
   * Reads the identifiers of a field.
   *
   * @throws BadInputException {@code NO_PATIENT_ID}, {@code UNDECODABLE}; without a field
   */
  static Patient of(Er7Segment segment, int field, Profile profile, Names names) {
    int repetitions = segment.repetitions(field);
    String[] ids = new String[repetitions];
    Issuer[] issuers = new Issuer[repetitions];
    int sent = 0;
    for (int r = 1; r <= repetitions; r++) {
      long cx = segment.repetition(field, r);
      String id = segment.text(segment.component(cx, 1));
      if (id != null) {
        issuers[sent] = names.issuer(segment, cx);
        ids[sent++] = id;
      }
    }
    Authority[] authorities = names.authorities(profile);
    String[] identifiers = new String[sent * (authorities.length + 1)];
    String key = null;
    int count = 0;
    for (Authority authority : authorities) {
      for (int i = 0; i < sent; i++) {
        if (authority.gave(issuers[i])) {
          identifiers[count++] = authority.before().concat(ids[i]);
          key = identifiers[0];
        }
      }
    }
    for (int i = 0; i < sent; i++) {
      if (!issuers[i].authority().isEmpty() && !isKnown(issuers[i], authorities)) {
        identifiers[count++] = issuers[i].authority() + "|" + ids[i];
      }
    }
    if (key == null && profile.fallback()) {
      key = fallback(ids, issuers, sent, profile.feed());
    }
    if (key == null) {
      throw new BadInputException(RejectCode.NO_PATIENT_ID, null);
    }
    return new Patient(
        key, count == identifiers.length ? identifiers : Arrays.copyOf(identifiers, count));
  }

  private static boolean isKnown(Issuer issuer, Authority[] authorities) {
    for (Authority authority : authorities) {
      if (authority.gave(issuer)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String fallback(
      String[] ids, Issuer[] issuers, int sent, String sender) {
    int best = -1;
    int rank = Integer.MAX_VALUE;
    for (int i = 0; i < sent; i++) {
      String type = issuers[i].type();
      int known = MEDICAL_RECORD.indexOf(type);
      int its = known >= 0 ? known : type.isEmpty() ? 10 : 11;
      if (!NOT_THE_PATIENTS.contains(type) && its < rank) {
        best = i;
        rank = its;
      }
    }
    if (best < 0) {
      return null;
    }
    String authority = issuers[best].authority();
    return (authority.isEmpty() ? sender : authority) + "|" + ids[best];
  }

  /** How many identifiers; never which. */
  @Override
  public String toString() {
    return "Patient[" + identifiers.length + " identifiers]";
  }
}
