// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.medflink.connectors.hl7v2.Er7Message;
import io.medflink.core.Message;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The messages of one file: its lines where the format says so, where it is called {@code .ndjson}
 * or {@code .jsonl}, or where its first line is a whole JSON object and more follows; each that an
 * MSH begins where the format is HL7 v2; else the file is one message. Empty lines are none.
 */
final class MessageLines implements Closeable {
  private static final JsonFactory JSON = new JsonFactory();

  /** The greatest message, in bytes. */
  private static final int LONGEST = 1 << 29;

  private final InputStream in;
  private final String file;
  private int line;
  private boolean decided;
  private boolean whole;
  private final boolean er7;
  private @Nullable Iterator<byte[]> messages;
  private byte @Nullable [] second;

  private MessageLines(InputStream in, String file, Format.Framing framing) {
    this.in = in;
    this.file = file;
    String name = file.toLowerCase(Locale.ROOT).replaceAll("\\.gz$", "");
    whole = framing == Format.Framing.WHOLE;
    er7 = framing == Format.Framing.ER7;
    decided =
        framing == Format.Framing.LINES || name.endsWith(".ndjson") || name.endsWith(".jsonl");
  }

  /** Opens a file, zipped or not, by its first bytes. */
  static MessageLines open(String file, Format.Framing framing) throws IOException {
    BufferedInputStream raw = new BufferedInputStream(Files.newInputStream(Path.of(file)), 1 << 16);
    raw.mark(2);
    boolean zipped = raw.read() == 0x1f && raw.read() == 0x8b;
    raw.reset();
    return new MessageLines(
        zipped ? new BufferedInputStream(new GZIPInputStream(raw, 1 << 16), 1 << 16) : raw,
        file,
        framing);
  }

  /** The next message, null at the end of the file. */
  @Nullable Message next() throws IOException {
    if (whole) {
      return whole();
    }
    if (er7) {
      return er7();
    }
    byte[] text = second == null ? line() : second;
    second = null;
    if (decided || text == null) {
      return text == null ? null : new Message(text, file + ":" + line, null);
    }
    decided = true;
    int first = line;
    byte[] more = line();
    if (more == null) {
      return new Message(text, file, null);
    }
    if (!isWholeObject(text)) {
      return new Message(rest(text, more), file, null);
    }
    second = more;
    return new Message(text, file + ":" + first, null);
  }

  /** The next line that isn't empty. */
  private byte @Nullable [] line() throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream(1024);
    while (true) {
      int next = in.read();
      if (next < 0 || next == '\n') {
        if (text.size() > 0 || next == '\n') {
          line++;
        }
        byte[] found = text.toByteArray();
        if (!isBlank(found)) {
          return found;
        }
        if (next < 0) {
          return null;
        }
        text.reset();
      } else {
        if (text.size() == LONGEST) {
          throw new IOException("a line is too long");
        }
        text.write(next);
      }
    }
  }

  /** The next message of a file of HL7 v2, by its number in the file. */
  private @Nullable Message er7() throws IOException {
    if (messages == null) {
      messages = Er7Message.split(rest()).iterator();
    }
    line++;
    return messages.hasNext() ? new Message(messages.next(), file + ":" + line, null) : null;
  }

  /** The file, once. */
  private @Nullable Message whole() throws IOException {
    if (line > 0) {
      return null;
    }
    line = 1;
    byte[] text = rest();
    return isBlank(text) ? null : new Message(text, file, null);
  }

  private byte[] rest(byte[]... begun) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream(1 << 16);
    for (byte[] first : begun) {
      text.writeBytes(first);
      text.write('\n');
    }
    byte[] part = new byte[1 << 16];
    for (int n = in.read(part); n >= 0; n = in.read(part)) {
      if (text.size() > LONGEST - n) {
        throw new IOException("the file is too long for one message");
      }
      text.write(part, 0, n);
    }
    return text.toByteArray();
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r' && b != '\n') {
        return false;
      }
    }
    return true;
  }

  private static boolean isWholeObject(byte[] line) {
    try (JsonParser parser = JSON.createParser(line)) {
      return parser.nextToken() == JsonToken.START_OBJECT
          && parser.skipChildren().currentToken() == JsonToken.END_OBJECT
          && parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
