// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One episode of one cause: that a model's answers reach, or that they stopped. */
final class Episode {
  /** No time is due. */
  static final long NEVER = Long.MAX_VALUE;

  /** How many of the times at which it reached may turn out to have been told as its onset. */
  static final int IDS = 32;

  private static final int DIGITS = 32;

  /** Whether what is expected did not come. */
  final boolean signal;

  final long onset;

  /** When else it reached: an earlier onset may turn out later, and these are its other ids. */
  final List<Long> reached = new ArrayList<>();

  RiskLevel level = RiskLevel.UNKNOWN;
  Alert.Priority priority = Alert.Priority.LOW;
  String why = "";
  long received = Finding.NEVER;

  /** Whether any news that it rests on was fresh when it came. */
  boolean actionable;

  /** Whether a limit that somebody set is not reached. */
  boolean withinLimit;

  /** RAISED (or SIGNAL_LOST), SUPPRESSED or HISTORICAL: how it is told at present. */
  Alert.@Nullable Event told;

  /** The last step. */
  Alert.@Nullable Event last;

  boolean acknowledged;
  boolean withheld;
  int steps;
  long nextStep = NEVER;
  long heldUntil = NEVER;

  Episode(boolean signal, long onset) {
    this.signal = signal;
    this.onset = onset;
  }

  /** Whether somebody was called and nobody came. */
  boolean isWaiting() {
    return !acknowledged && told != null && told != Alert.Event.HISTORICAL;
  }

  boolean isRaised() {
    return told == Alert.Event.RAISED || told == Alert.Event.SIGNAL_LOST;
  }

  /** The id: a digest, in which nobody can read whose it is. */
  static String id(String patientId, String model, boolean signal, long onset) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(patientId.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) 0);
      digest.update(model.getBytes(StandardCharsets.UTF_8));
      digest.update((byte) (signal ? 1 : 0));
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(onset).array());
      return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
