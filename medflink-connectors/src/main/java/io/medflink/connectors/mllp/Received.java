// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One message on its way into the journal, and what becomes of it. */
final class Received {
  private final byte[] payload;
  private final @Nullable String sender;
  private final long millis;
  private final Digest id;
  private final Digest content;
  private final CompletableFuture<Receipt> receipt = new CompletableFuture<>();

  /**
   * @param sender the subject of the certificate that its sender showed, null without one
   * @param millis when it was taken in, since 1970
   */
  Received(Msh msh, byte[] payload, @Nullable String sender, long millis) {
    this.payload = payload;
    this.sender = sender;
    this.millis = millis;
    this.content = Digest.of(payload);
    this.id =
        msh.controlId().isEmpty() ? content : Digest.of(msh.sender() + '\r' + msh.controlId());
  }

  Digest id() {
    return id;
  }

  Digest content() {
    return content;
  }

  int size() {
    return payload.length;
  }

  JournalEntry entry(long sequence) {
    return new JournalEntry(sequence, millis, id, content, sender, payload);
  }

  CompletableFuture<Receipt> receipt() {
    return receipt;
  }
}
