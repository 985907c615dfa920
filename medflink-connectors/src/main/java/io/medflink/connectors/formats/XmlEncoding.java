// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a document is encoded: by its first bytes, else by its XML declaration, else UTF-8. */
final class XmlEncoding {
  private static final int LONGEST = 200;
  private static final Pattern DECLARED =
      Pattern.compile(
          "<\\?xml\\s[^>]*?\\sencoding\\s*=\\s*['\"]([A-Za-z0-9._-]+)['\"][^>]*>.*",
          Pattern.DOTALL);

  private XmlEncoding() {}

  /**
   * The encoding.
   *
   * @throws BadInputException {@code UNDECODABLE} when it is none of those that are read
   */
  static Charset of(byte[] document) {
    int first = at(document, 0) << 8 | at(document, 1);
    if (first == 0xFEFF || first == 0xFFFE) {
      return StandardCharsets.UTF_16;
    }
    if (first == 0x003C || first == 0x3C00) {
      return first == 0x003C ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
    }
    int mark = mark(document);
    int length = Math.min(document.length - mark, LONGEST);
    String begin = new String(document, mark, length, StandardCharsets.ISO_8859_1);
    Matcher declared = DECLARED.matcher(begin);
    return declared.matches() ? named(declared.group(1)) : StandardCharsets.UTF_8;
  }

  /** How many bytes UTF-8's byte order mark takes at the beginning. */
  static int mark(byte[] document) {
    return at(document, 0) == 0xEF && at(document, 1) == 0xBB && at(document, 2) == 0xBF ? 3 : 0;
  }

  private static int at(byte[] document, int i) {
    return i < document.length ? document[i] & 0xFF : -1;
  }

  private static Charset named(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "utf-8", "utf8" -> StandardCharsets.UTF_8;
      case "us-ascii" -> StandardCharsets.US_ASCII;
      case "iso-8859-1" -> StandardCharsets.ISO_8859_1;
      case "iso-8859-15", "windows-1252" -> Charset.forName(name);
      default -> throw new BadInputException(RejectCode.UNDECODABLE, null);
    };
  }
}
