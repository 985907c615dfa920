// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import org.jspecify.annotations.Nullable;

/** A run of fields as it was sent, and what it was read as. */
final class Run<T> {
  final byte[] bytes;
  final T value;

  /** Where its fields start behind the first one. */
  final int[] starts;

  /** What last came behind the value that stands behind it, and instead of it in the next OBX. */
  @Nullable Run<Names.Back> behind;

  @Nullable Run<T> next;

  Run(byte[] bytes, int[] starts, T value) {
    this.bytes = bytes;
    this.starts = starts;
    this.value = value;
  }
}
