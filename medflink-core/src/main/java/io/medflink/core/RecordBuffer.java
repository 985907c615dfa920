// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.EOFException;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of one record in an array that is kept from record to record, so that a record costs
 * one bulk read or write. On the wire: version byte, length of the body (LEB128), body.
 *
 * <p>Whatever the bytes, reading ends in a value or an {@link IOException} without content, and
 * never reserves more memory than a few times the bytes that are really there.
 */
final class RecordBuffer {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

  /** Room before the body for the version and a length of up to five bytes. */
  private static final int HEADER = 6;

  /** A larger array, left by a record out of the ordinary, is not kept. */
  private static final int KEPT = 1 << 16;

  private byte[] bytes = new byte[512];
  private int position;
  private int end;

  // ---- whole records

  /** Begins an empty record. */
  void begin() {
    if (bytes.length > KEPT) {
      bytes = new byte[512];
    }
    position = HEADER;
  }

  /** Writes the record that was put. */
  void writeTo(int version, DataOutputView out) throws IOException {
    int length = position - HEADER;
    int start = HEADER - 1 - lengthOfUnsigned(length);
    bytes[start] = (byte) version;
    int stop = position;
    position = start + 1;
    unsigned(length);
    out.write(bytes, start, stop - start);
  }

  /** Takes in the next record's bytes. Returns its version, which may be one not known here. */
  int readFrom(DataInputView in, int newestVersion) throws IOException {
    int version = in.readUnsignedByte();
    if (version == 0 || version > newestVersion) {
      return version;
    }
    begin();
    int length = readLength(in);
    int done = 0;
    while (done < length) {
      int step = Math.min(length - done, Math.max(done, KEPT));
      position = HEADER + done;
      reserve(step);
      in.readFully(bytes, position, step);
      done += step;
    }
    position = HEADER;
    end = HEADER + length;
    return version;
  }

  private static int readLength(DataInputView in) throws IOException {
    int length = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      byte b = in.readByte();
      length |= (b & 0x7F) << shift;
      if (b >= 0) {
        // Java's arrays end a little below 2^31.
        if (length < 0 || length > Integer.MAX_VALUE - 64) {
          break;
        }
        return length;
      }
    }
    throw corrupted("length");
  }

  /** Writes out unchanged what {@link #readFrom} took in. */
  void copyTo(int version, DataOutputView out) throws IOException {
    position = end;
    writeTo(version, out);
  }

  /** Checks that the whole record was read. */
  void finish() throws IOException {
    if (position != end) {
      throw corrupted("bytes left over");
    }
  }

  // ---- writing

  /** Makes room for that many bytes; what follows writes no more without asking again. */
  void reserve(int room) {
    if (bytes.length - position < room) {
      long wanted = Math.max(2L * bytes.length, (long) position + room);
      bytes = Arrays.copyOf(bytes, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
    }
  }

  void octet(int value) {
    bytes[position++] = (byte) value;
  }

  void couple(int value) {
    SHORT.set(bytes, position, (short) value);
    position += 2;
  }

  void eight(long value) {
    LONG.set(bytes, position, value);
    position += 8;
  }

  /** LEB128 of all 32 bits: at most five bytes. */
  void unsigned(int value) {
    while ((value & ~0x7F) != 0) {
      bytes[position++] = (byte) (value | 0x80);
      value >>>= 7;
    }
    bytes[position++] = (byte) value;
  }

  private static int lengthOfUnsigned(int value) {
    return value == 0 ? 1 : (38 - Integer.numberOfLeadingZeros(value)) / 7;
  }

  /**
   * Twice the number of chars, plus one where they take two bytes each; then the chars, in Latin-1
   * or, where that can't hold them, in UTF-16. Any string comes back exactly, lone surrogates too.
   */
  void string(String s) {
    int n = s.length();
    reserve(5 + 2 * n);
    unsigned(2 * n);
    int seen = 0;
    int start = position;
    for (int i = 0; i < n; i++) {
      char c = s.charAt(i);
      seen |= c;
      bytes[start + i] = (byte) c;
    }
    position = start + n;
    if (seen > 0xFF) {
      // The first byte of a LEB128 holds the low bits, so the mark needs no second pass.
      bytes[start - lengthOfUnsigned(2 * n)] |= 1;
      position = start;
      for (int i = 0; i < n; i++) {
        couple(s.charAt(i));
      }
    }
  }

  /** Writes a string, or nothing for null. */
  void optional(@Nullable String s) {
    if (s != null) {
      string(s);
    }
  }

  /** The flag of a field that is there, else 0. */
  static int bit(int flag, @Nullable Object field) {
    return field == null ? 0 : flag;
  }

  /** Whether an instant takes seconds and nanoseconds (12 bytes) and not milliseconds (8). */
  static boolean isFine(@Nullable Instant t) {
    return t != null
        && (t.getNano() % 1_000_000 != 0 || Math.abs(t.getEpochSecond()) > Long.MAX_VALUE / 2000);
  }

  void instant(Instant t, boolean fine) {
    if (fine) {
      eight(t.getEpochSecond());
      couple(t.getNano() >>> 16);
      couple(t.getNano());
    } else {
      eight(t.getEpochSecond() * 1000 + t.getNano() / 1_000_000);
    }
  }

  // ---- reading

  int octet() throws IOException {
    need(1);
    return bytes[position++] & 0xFF;
  }

  int couple() throws IOException {
    need(2);
    position += 2;
    return (short) SHORT.get(bytes, position - 2) & 0xFFFF;
  }

  long eight() throws IOException {
    need(8);
    position += 8;
    return (long) LONG.get(bytes, position - 8);
  }

  int unsigned() throws IOException {
    int value = 0;
    for (int shift = 0; shift < 35; shift += 7) {
      need(1);
      byte b = bytes[position++];
      value |= (b & 0x7F) << shift;
      if (b >= 0) {
        return value;
      }
    }
    throw corrupted("number");
  }

  /** A number of things of which each takes at least so many bytes. */
  int count(int bytesOfEach) throws IOException {
    int count = unsigned();
    if (count < 0 || count > (end - position) / bytesOfEach) {
      throw corrupted("count");
    }
    return count;
  }

  String string() throws IOException {
    int head = unsigned();
    int n = head >>> 1;
    if ((head & 1) == 0) {
      need(n);
      position += n;
      return new String(bytes, position - n, n, StandardCharsets.ISO_8859_1);
    }
    if (n > (end - position) / 2) {
      throw corrupted("string");
    }
    char[] chars = new char[n];
    for (int i = 0; i < n; i++) {
      chars[i] = (char) couple();
    }
    return new String(chars);
  }

  /** Reads a string, or nothing where none was written. */
  @Nullable String optional(int present) throws IOException {
    return present == 0 ? null : string();
  }

  Instant instant(boolean fine) throws IOException {
    try {
      if (fine) {
        long seconds = eight();
        int high = couple();
        return Instant.ofEpochSecond(seconds, high << 16 | couple());
      }
      return Instant.ofEpochMilli(eight());
    } catch (DateTimeException | ArithmeticException e) {
      throw corrupted("instant");
    }
  }

  static void checkFlags(int flags, int known) throws IOException {
    if ((flags & ~known) != 0) {
      throw corrupted("unknown flag");
    }
  }

  private void need(int n) throws IOException {
    if (end - position < n) {
      throw new EOFException("Corrupted record: it ends too early");
    }
  }

  static IOException corrupted(String what) {
    return new IOException("Corrupted record: " + what);
  }
}
