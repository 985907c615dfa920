// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One message in the journal: a mark, the length of sender and payload, the CRC-32C of all that
 * follows, then the fields below, big-endian, the sender behind its length in UTF-8.
 *
 * @param sequence counts the messages of this journal from 0
 * @param received milliseconds since 1970
 * @param id of the sender and its control id; of the content, where there is no control id
 * @param content of the payload
 * @param sender the subject of the certificate that its sender showed, null without one
 */
record JournalEntry(
    long sequence,
    long received,
    Digest id,
    Digest content,
    @Nullable String sender,
    byte[] payload) {
  static final int MARK = 0x4d4c4c50;
  static final int HEAD = 4 + 4 + 4;
  private static final byte[] NOBODY = {};
  static final int OVERHEAD = HEAD + 3 * Long.BYTES + 2 * Digest.BYTES;

  /** What a read gave: the entry, and how far the journal was on disk when it was written. */
  record Read(JournalEntry entry, long synced) {}

  int size() {
    return OVERHEAD + Integer.BYTES + senderBytes().length + payload.length;
  }

  private byte[] senderBytes() {
    return sender == null ? NOBODY : sender.getBytes(StandardCharsets.UTF_8);
  }

  void write(ByteBuffer out, long synced) {
    int start = out.position();
    byte[] who = senderBytes();
    out.putInt(MARK).putInt(Integer.BYTES + who.length + payload.length).putInt(0);
    out.putLong(sequence).putLong(synced).putLong(received);
    id.write(out);
    content.write(out);
    out.putInt(who.length).put(who).put(payload);
    out.putInt(start + 8, crc(out, start + HEAD, out.position()));
  }

  /** The length of sender and payload of the entry that begins here; -1 where none does. */
  static int bodyLength(ByteBuffer in) {
    int at = in.position();
    int length = in.remaining() >= HEAD && in.getInt(at) == MARK ? in.getInt(at + 4) : -1;
    return length >= 0 && length <= Integer.MAX_VALUE - OVERHEAD ? length : -1;
  }

  /** The entry that begins here, and moves behind it; null where there is no whole, sound one. */
  static @Nullable Read read(ByteBuffer in) {
    int start = in.position();
    int length = bodyLength(in);
    if (length < 0 || in.remaining() < OVERHEAD + length) {
      return null;
    }
    int end = start + OVERHEAD + length;
    if (crc(in, start + HEAD, end) != in.getInt(start + 8)) {
      return null;
    }
    in.position(start + HEAD);
    long sequence = in.getLong();
    long synced = in.getLong();
    long received = in.getLong();
    Digest id = Digest.read(in);
    Digest content = Digest.read(in);
    byte[] who = new byte[in.getInt()];
    in.get(who);
    byte[] payload = new byte[end - in.position()];
    in.get(payload);
    String sender = who.length == 0 ? null : new String(who, StandardCharsets.UTF_8);
    return new Read(new JournalEntry(sequence, received, id, content, sender, payload), synced);
  }

  private static int crc(ByteBuffer bytes, int from, int to) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate().limit(to).position(from));
    return (int) crc.getValue();
  }

  /** Which one, never what it says. */
  @Override
  public String toString() {
    return "JournalEntry[" + sequence + ", " + payload.length + " bytes]";
  }
}
