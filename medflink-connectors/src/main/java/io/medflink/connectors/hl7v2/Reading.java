// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import io.medflink.connectors.feeds.Profile;
import io.medflink.connectors.formats.Rejects;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One message, what is known of its sender, and where its rejects go. */
record Reading(
    Er7Message message,
    Profile profile,
    @Nullable Instant received,
    Rejects rejects,
    String prefix,
    Names names) {

  /** Whose it is by its feed; never what it says. */
  @Override
  public String toString() {
    return "Reading[" + profile.feed() + "]";
  }
}
