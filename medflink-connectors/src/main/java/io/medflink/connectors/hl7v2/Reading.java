// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import io.medflink.connectors.feeds.Profile;
import io.medflink.connectors.formats.Rejects;
import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One message, what is known of its sender, and where its rejects go.
 *
 * @param sent MSH-7
 * @param prefix what stands before the fields' names, of the second message and those behind it
 */
record Reading(
    Er7Message message,
    Profile profile,
    @Nullable Instant received,
    @Nullable Instant sent,
    Rejects rejects,
    String prefix,
    Names names) {

  /** Refuses a value of a patient. */
  void refuse(RejectCode code, String field, String loinc, @Nullable Instant time) {
    rejects.add(code, prefix + field, null, loinc, null, time);
  }

  /** The text of a field's first component; null where it is empty or refused. */
  @Nullable String attempt(Er7Segment segment, int field) {
    try {
      return names.of(segment, segment.first(field));
    } catch (BadInputException e) {
      rejects.add(e.code(), prefix + segment.name() + "-" + field);
      return null;
    }
  }

  /** Whose it is by its feed; never what it says. */
  @Override
  public String toString() {
    return "Reading[" + profile.feed() + "]";
  }
}
