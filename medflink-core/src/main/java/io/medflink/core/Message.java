// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Bytes as they came, before {@code Decode}.
 *
 * @param payload the message
 * @param position where it stands, such as {@code vitals-0@1042} or {@code a.ndjson:17}
 * @param received when our source took it in; null for archives
 * @param sender the subject (RFC 2253) of the certificate that its sender showed; null without one
 */
public record Message(
    byte[] payload,
    @Nullable String position,
    @Nullable Instant received,
    @Nullable String sender) {

  /** One whose sender showed no certificate. */
  public Message(byte[] payload, @Nullable String position, @Nullable Instant received) {
    this(payload, position, received, null);
  }

  /** How long it is; never what it says, nor where it stands: files are named after patients. */
  @Override
  public String toString() {
    return "Message[" + payload.length + " bytes]";
  }
}
