// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.util.Arrays;

/**
 * Finds messages in the bytes of one connection: VT, the message, FS, CR (HL7 v2.9 appendix C). The
 * bytes may come in pieces of any size. What stands outside frames is skipped and counted; a frame
 * that another one interrupts is given up: nobody was told that it arrived.
 */
final class FrameReader {
  static final byte VT = 0x0b;
  static final byte FS = 0x1c;
  static final byte CR = 0x0d;

  private static final int USUAL = 4096;

  private enum State {
    OUTSIDE,
    INSIDE,
    AT_END
  }

  /** What was found, in the order of the bytes. */
  interface Out {
    /** A whole message. */
    void message(byte[] message) throws InterruptedException;

    /** A frame that can't be a message, and its first bytes. */
    void refused(Refusal why, byte[] head) throws InterruptedException;

    /** A frame that never ended. */
    void truncated();

    /** Bytes outside any frame, line ends apart. */
    void stray(int bytes);
  }

  private final int limit;
  private State state = State.OUTSIDE;
  private byte[] buffer = new byte[USUAL];
  private int length;
  private boolean tooLarge;
  private long frames;

  /** Messages have at most {@code limit} bytes. */
  FrameReader(int limit) {
    this.limit = limit;
  }

  void feed(byte[] bytes, int from, int to, Out out) throws InterruptedException {
    int at = from;
    while (at < to) {
      at =
          switch (state) {
            case OUTSIDE -> outside(bytes, at, to, out);
            case INSIDE -> inside(bytes, at, to, out);
            case AT_END -> atEnd(bytes, at, out);
          };
    }
  }

  /** The connection ends here. */
  void end(Out out) {
    if (state != State.OUTSIDE) {
      out.truncated();
      close();
    }
  }

  /** The number of the frame that waits for its end, counted from 1; 0 outside frames. */
  long open() {
    return state == State.OUTSIDE ? 0 : frames;
  }

  private int outside(byte[] bytes, int from, int to, Out out) {
    int stray = 0;
    int at = from;
    while (at < to && bytes[at] != VT) {
      if (bytes[at] != CR && bytes[at] != '\n') {
        stray++;
      }
      at++;
    }
    if (stray > 0) {
      out.stray(stray);
    }
    if (at < to) {
      start();
      at++;
    }
    return at;
  }

  private int inside(byte[] bytes, int from, int to, Out out) {
    int at = from;
    while (at < to && bytes[at] != FS && bytes[at] != VT) {
      at++;
    }
    append(bytes, from, at);
    if (at == to) {
      return at;
    }
    if (bytes[at] == VT) {
      out.truncated();
      start();
    } else {
      state = State.AT_END;
    }
    return at + 1;
  }

  private int atEnd(byte[] bytes, int at, Out out) throws InterruptedException {
    boolean ended = bytes[at] == CR;
    if (ended && !tooLarge) {
      byte[] message = Arrays.copyOf(buffer, length);
      close();
      out.message(message);
    } else {
      byte[] head = Arrays.copyOf(buffer, Math.min(length, Msh.LIMIT));
      Refusal why = ended ? Refusal.TOO_LARGE : Refusal.BAD_FRAME;
      close();
      out.refused(why, head);
    }
    // Any other byte than CR is looked at again: it may begin the next frame.
    return ended ? at + 1 : at;
  }

  private void start() {
    state = State.INSIDE;
    length = 0;
    tooLarge = false;
    frames++;
  }

  private void close() {
    state = State.OUTSIDE;
    length = 0;
    tooLarge = false;
    if (buffer.length > 16 * USUAL) {
      buffer = new byte[USUAL];
    }
  }

  private void append(byte[] bytes, int from, int to) {
    int room = limit - length;
    int taken = Math.min(to - from, room);
    tooLarge |= taken < to - from;
    if (length + taken > buffer.length) {
      buffer =
          Arrays.copyOf(
              buffer, (int) Math.min(limit, Math.max(length + taken, 2L * buffer.length)));
    }
    System.arraycopy(bytes, from, buffer, length, taken);
    length += taken;
  }
}
