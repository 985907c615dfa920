// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** MSH-18: the names of HL7 table 0211 and those that Java knows. */
final class CharacterSets {
  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("ASCII", "US-ASCII"),
          Map.entry("ISO IR6", "US-ASCII"),
          Map.entry("8859/1", "ISO-8859-1"),
          Map.entry("8859/2", "ISO-8859-2"),
          Map.entry("8859/3", "ISO-8859-3"),
          Map.entry("8859/4", "ISO-8859-4"),
          Map.entry("8859/5", "ISO-8859-5"),
          Map.entry("8859/6", "ISO-8859-6"),
          Map.entry("8859/7", "ISO-8859-7"),
          Map.entry("8859/8", "ISO-8859-8"),
          Map.entry("8859/9", "ISO-8859-9"),
          Map.entry("8859/15", "ISO-8859-15"),
          Map.entry("ISO IR14", "JIS_X0201"),
          Map.entry("ISO IR87", "ISO-2022-JP"),
          Map.entry("ISO IR159", "ISO-2022-JP-2"),
          Map.entry("GB 18030-2000", "GB18030"),
          Map.entry("KS X 1001", "EUC-KR"),
          Map.entry("CNS 11643-1992", "EUC-TW"),
          Map.entry("BIG-5", "Big5"),
          Map.entry("UNICODE", "UTF-8"),
          Map.entry("UNICODE UTF-8", "UTF-8"),
          Map.entry("UTF8", "UTF-8"));

  private static final Map<String, Charset> FOUND = new ConcurrentHashMap<>();
  private static final int MOST = 64;
  private static final byte[] ASCII = "ASCII".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] UTF_8 = "UNICODE UTF-8".getBytes(StandardCharsets.US_ASCII);

  private CharacterSets() {}

  /** The character set of a name as it lies in a message; the most usual ones cost nothing. */
  static Charset named(byte[] bytes, int from, int to) {
    if (Arrays.equals(bytes, from, to, UTF_8, 0, UTF_8.length)) {
      return StandardCharsets.UTF_8;
    }
    if (Arrays.equals(bytes, from, to, ASCII, 0, ASCII.length)) {
      return StandardCharsets.US_ASCII;
    }
    return named(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
  }

  /**
   * The character set of a name.
   *
   * @throws BadInputException {@code UNDECODABLE} for a name that nobody knows
   */
  static Charset named(String name) {
    Charset known = FOUND.get(name);
    if (known != null) {
      return known;
    }
    try {
      Charset charset = Charset.forName(NAMES.getOrDefault(name, name));
      if (FOUND.size() < MOST) {
        FOUND.put(name, charset);
      }
      return charset;
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new BadInputException(RejectCode.UNDECODABLE, "MSH-18");
    }
  }

  /**
   * Whether every byte under 0x80 is that ASCII character, so that delimiters can be looked for.
   */
  static boolean keepsAscii(Charset charset) {
    if (charset.equals(StandardCharsets.UTF_8) || charset.equals(StandardCharsets.US_ASCII)) {
      return true;
    }
    String name = charset.name();
    return name.equals("US-ASCII")
        || name.equals("UTF-8")
        || name.startsWith("ISO-8859-")
        || name.startsWith("windows-125")
        || name.startsWith("EUC-");
  }

  /**
   * The text of bytes.
   *
   * @throws BadInputException {@code UNDECODABLE} where they aren't of the character set: a wrong
   *     letter in an identifier would be another patient
   */
  static String decode(byte[] bytes, int from, int length, Charset charset) {
    try {
      return charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(bytes, from, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new BadInputException(RejectCode.UNDECODABLE, null);
    }
  }

  /** A message in a character set of its own as UTF-8. */
  static byte[] transcode(byte[] bytes, int from, int length, Charset charset) {
    return decode(bytes, from, length, charset).getBytes(StandardCharsets.UTF_8);
  }
}
