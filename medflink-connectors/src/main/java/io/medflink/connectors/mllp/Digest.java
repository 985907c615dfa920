// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The first 128 bits of a SHA-256: tells messages and senders apart without saying them. */
record Digest(long high, long low) {
  static final int BYTES = 16;

  static Digest of(byte[] bytes) {
    try {
      return read(ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256");
    }
  }

  static Digest of(String latin1) {
    return of(latin1.getBytes(StandardCharsets.ISO_8859_1));
  }

  static Digest read(ByteBuffer in) {
    return new Digest(in.getLong(), in.getLong());
  }

  void write(ByteBuffer out) {
    out.putLong(high).putLong(low);
  }
}
