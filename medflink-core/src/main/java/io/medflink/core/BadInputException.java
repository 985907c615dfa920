// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A message that cannot be used, told without the patient's data: code, field, position and the
 * start of the message's digest. It never has a cause: third-party exceptions quote what they read.
 */
public final class BadInputException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final RejectCode code;
  private final @Nullable String field;

  /** Refuses a message because of a field. */
  public BadInputException(RejectCode code, @Nullable String field) {
    this(code, field, null, null);
  }

  /** Refuses a message at a position, with its digest in hex. */
  public BadInputException(
      RejectCode code, @Nullable String field, @Nullable String position, @Nullable String sha256) {
    super(
        code
            + (field == null ? "" : " in " + field)
            + (position == null ? "" : " at " + position)
            + (sha256 == null ? "" : " (SHA-256 " + sha256.substring(0, 8) + "…)")
            + ": "
            + code.mend(),
        null,
        false,
        true);
    this.code = code;
    this.field = field;
  }

  /** Why. */
  public RejectCode code() {
    return code;
  }

  /** The path of the field. */
  public @Nullable String field() {
    return field;
  }

  /** The digest by which a message is found again without being shown. */
  public static String sha256(byte[] message) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(message));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no SHA-256", e);
    }
  }

  /** The digest of a text. */
  public static String sha256(String text) {
    return sha256(text.getBytes(StandardCharsets.UTF_8));
  }
}
