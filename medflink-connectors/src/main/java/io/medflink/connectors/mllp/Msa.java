// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What an acknowledgment says.
 *
 * @param code MSA-1
 * @param controlId MSA-2, of the message that it acknowledges
 */
record Msa(String code, String controlId) {

  /** The MSA of an answer; null where it has none. */
  static @Nullable Msa of(byte[] answer) {
    Msh msh = Msh.of(answer);
    if (msh == null) {
      return null;
    }
    char separator = msh.field(1).charAt(0);
    for (String segment : new String(answer, StandardCharsets.ISO_8859_1).split("[\r\n]+", -1)) {
      if (segment.startsWith("MSA" + separator)) {
        int code = segment.indexOf(separator) + 1;
        int id = segment.indexOf(separator, code);
        int end = id < 0 ? -1 : segment.indexOf(separator, id + 1);
        return id < 0
            ? new Msa(segment.substring(code), "")
            : new Msa(
                segment.substring(code, id),
                segment.substring(id + 1, end < 0 ? segment.length() : end));
      }
    }
    return null;
  }
}
