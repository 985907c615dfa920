// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A chart, and the stay whose values it holds. */
final class Charted {
  final Known known;
  final @Nullable String stay;
  final long since;

  Charted(Known known, @Nullable String stay, long since) {
    this.known = known;
    this.stay = stay;
    this.since = since;
  }

  /** Whether it is as a moment has it. */
  boolean isOf(Moment moment) {
    return since == moment.since && Objects.equals(stay, moment.stay);
  }
}
