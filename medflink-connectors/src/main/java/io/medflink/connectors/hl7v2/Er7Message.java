// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One HL7 v2 message in ER7, read where it lies: the bytes are neither copied nor changed, fields
 * are looked for when asked for. Only a message in a character set whose letters may look like
 * delimiters (GB 18030, Big5, ISO 2022) is copied, as UTF-8.
 *
 * <p>Segments end with CR, LF or both, mixed as may be. A line that begins with no segment's name
 * and field separator belongs to the segment before it: senders leave line feeds in texts. A line
 * that begins with {@code MSH} and a separator begins the next message; FHS, BHS, BTS and FTS only
 * wrap; a byte order mark and MLLP's frame characters are passed over.
 *
 * <p>Texts are in the character set of MSH-18, without one in UTF-8; bytes that aren't are refused
 * when asked for. Any number of threads may ask the message itself, not one of its views.
 *
 * <p>Source: HL7 v2.9 chapter 2 (2.5 Message delimiters, 2.7 Use of escape sequences, 2.10.3 Batch
 * protocol, table 0211).
 */
public final class Er7Message {
  private byte[] bytes = {};
  private Delimiters delimiters = Delimiters.USUAL;
  private Charset charset = StandardCharsets.UTF_8;
  private boolean stated;
  private int next;

  /** Of each segment where it starts, where it ends, and its name as a number. */
  private int[] lines = new int[3 * 16];

  private int size;
  private final Er7Segment view = new Er7Segment(this);

  /** One to be read into, by whoever keeps it for himself. */
  Er7Message() {}

  /**
   * The first message of a payload.
   *
   * @throws BadInputException {@code UNDECODABLE} where there is none, or its header is none
   */
  public static Er7Message of(byte[] payload) {
    int header = Er7Batch.header(payload, 0);
    if (header == payload.length) {
      throw new BadInputException(RejectCode.UNDECODABLE, "MSH");
    }
    Er7Message message = new Er7Message();
    message.read(payload, header, StandardCharsets.UTF_8);
    return message;
  }

  /**
   * Cuts a file into its messages, each in an array of its own, so that each has its own position.
   * What belongs to no message is cut off too, for a decoder to refuse; what wraps messages is left
   * out. Never empty.
   */
  public static List<byte[]> split(byte[] file) {
    return Er7Batch.split(file);
  }

  /**
   * Reads the message that begins at a header, in place of the one before.
   *
   * @throws BadInputException {@code UNDECODABLE} where its header is none
   */
  void read(byte[] payload, int header, Charset unstated) {
    index(payload, header);
    long name = view.trimmed(view.repetition(18, 1));
    stated = name != Er7Segment.NONE;
    readAs(
        stated
            ? CharacterSets.named(payload, Er7Segment.start(name), Er7Segment.end(name))
            : unstated);
  }

  /** Takes another character set where the message itself states none. */
  void unstated(Charset set) {
    if (!stated && !set.equals(charset)) {
      readAs(set);
    }
  }

  private void readAs(Charset set) {
    charset = set;
    if (!CharacterSets.keepsAscii(set)) {
      int end = next;
      index(CharacterSets.transcode(bytes, start(0), end - start(0), set), 0);
      next = end;
      charset = StandardCharsets.UTF_8;
      stated = true;
    }
  }

  private void index(byte[] sent, int from) {
    delimiters = Delimiters.of(sent, from);
    bytes = sent;
    size = 0;
    next = index(sent, from, sent.length, delimiters.field());
    view.to(0);
  }

  /** A view for whoever reads the message alone, at MSH when it was read. */
  Er7Segment view() {
    return view;
  }

  /** Finds the segments; answers where the next message or the rest of the payload begins. */
  private int index(byte[] b, int from, int limit, byte field) {
    int at = from;
    int last = 0;
    while (at < limit) {
      int end = Bytes.lineEnd(b, at, limit);
      int start = b[at] >= ' ' ? at : Er7Batch.skipFrame(b, at, end);
      if (at != from && Er7Batch.isHeader(b, start, end)) {
        return at;
      }
      if (start < end) {
        int length = end - start;
        int id = length < 3 ? 0 : Er7Segment.id(b[start], b[start + 1], b[start + 2]);
        boolean name = length >= 3 && (id == last || Er7Batch.isName(b, start));
        boolean segment = name && (length == 3 ? b[start] < 'a' : b[start + 3] == field);
        if (segment || size == 0) {
          last = id;
          if (size * 3 == lines.length) {
            lines = Arrays.copyOf(lines, lines.length * 2);
          }
          lines[size * 3] = start;
          lines[size * 3 + 2] = id;
          size++;
        }
        lines[size * 3 - 2] = end;
      }
      at = end + 1;
    }
    return limit;
  }

  byte[] bytes() {
    return bytes;
  }

  Delimiters delimiters() {
    return delimiters;
  }

  Charset charset() {
    return charset;
  }

  int start(int segment) {
    return lines[segment * 3];
  }

  int end(int segment) {
    return lines[segment * 3 + 1];
  }

  /** A segment's name as a number. */
  int id(int segment) {
    return lines[segment * 3 + 2];
  }

  /** Where what follows this message begins. */
  int next() {
    return next;
  }

  String text(int from, int to) {
    if (Bytes.isPlain(bytes, delimiters.escape(), from, to)) {
      return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
    byte[] plain = Escapes.undo(bytes, from, to, delimiters);
    return CharacterSets.decode(plain, 0, plain.length, charset);
  }

  /** How many segments. */
  public int size() {
    return size;
  }

  /** A view that stands before the first segment. */
  public Er7Segment segments() {
    return new Er7Segment(this);
  }

  /** The header, a view of its own. */
  public Er7Segment msh() {
    Er7Segment msh = new Er7Segment(this);
    msh.to(0);
    return msh;
  }

  /** MSH-1. */
  public char fieldSeparator() {
    return (char) delimiters.field();
  }

  /** MSH-2 as sent, such as {@code ^~\&}. */
  public String encodingCharacters() {
    return new String(msh().raw(2), StandardCharsets.ISO_8859_1);
  }

  /** MSH-3.1, the sender's namespace. */
  public @Nullable String sendingApplication() {
    return msh().text(3, 1);
  }

  /** MSH-4.1. */
  public @Nullable String sendingFacility() {
    return msh().text(4, 1);
  }

  /** MSH-5.1. */
  public @Nullable String receivingApplication() {
    return msh().text(5, 1);
  }

  /** MSH-6.1. */
  public @Nullable String receivingFacility() {
    return msh().text(6, 1);
  }

  /** MSH-9.1, such as {@code ORU}. */
  public @Nullable String messageCode() {
    return msh().text(9, 1);
  }

  /** MSH-9.2, such as {@code R01}. */
  public @Nullable String triggerEvent() {
    return msh().text(9, 2);
  }

  /** MSH-10. */
  public @Nullable String controlId() {
    return msh().text(10);
  }

  /** MSH-11.1: P production, T training, D debugging. */
  public @Nullable String processingId() {
    return msh().text(11, 1);
  }

  /** MSH-12.1, such as {@code 2.5.1}. */
  public @Nullable String version() {
    return msh().text(12, 1);
  }

  /** MSH-15: when the sender wants an accept acknowledgment (table 0155); null: original mode. */
  public @Nullable String acceptAcknowledgment() {
    return msh().text(15);
  }

  /** MSH-16: when the sender wants an application acknowledgment (table 0155). */
  public @Nullable String applicationAcknowledgment() {
    return msh().text(16);
  }

  /** MSH-18, the first repetition, as sent. */
  public @Nullable String characterSet() {
    return msh().text(18, 1, 1);
  }

  /** How many segments; never what they say. */
  @Override
  public String toString() {
    return "Er7Message[" + size + " segments]";
  }
}
