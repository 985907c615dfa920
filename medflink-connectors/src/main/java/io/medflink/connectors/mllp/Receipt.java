// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import org.jspecify.annotations.Nullable;

/**
 * What became of a message.
 *
 * @param sequence where it stands in the journal; -1 where it is refused
 * @param refusal why it is refused; null where it is accepted
 */
record Receipt(long sequence, @Nullable Refusal refusal) {
  static Receipt accepted(long sequence) {
    return new Receipt(sequence, null);
  }

  static Receipt refused(Refusal why) {
    return new Receipt(-1, why);
  }
}
