// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The answers to one message, framed: one in original mode (AA, AE, AR), none to two in enhanced
 * mode, where MSH-15 asks for the accept acknowledgment (CA, CE, CR) and MSH-16 for that of the
 * application (HL7 v2.9 chapter 2.9, table 0155). An absent one of the two means never. A message
 * that was refused at acceptance has no second answer.
 */
final class Acknowledgment {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMddHHmmss.SSS").withZone(ZoneOffset.UTC);
  private static final String RUN = Long.toString(System.currentTimeMillis(), 36);
  private static final AtomicLong NUMBER = new AtomicLong();

  private Acknowledgment() {}

  /** Which codes answer. */
  enum Codes {
    /** Those of the mode that MSH-15 and MSH-16 ask for. */
    BY_MESSAGE,
    /** AA, AE and AR whatever a message asks for: for senders that know no others. */
    ORIGINAL
  }

  /**
   * @param msh the message's header; null where it has none
   * @param refusal why it is refused; null where it is accepted
   */
  static byte[] to(@Nullable Msh msh, @Nullable Refusal refusal, Codes codes, Instant now) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    if (msh == null || !msh.isEnhanced() || codes == Codes.ORIGINAL) {
      frame(out, text(msh, refusal, refusal == null ? "AA" : refusal.applicationCode(), now));
      return out.toByteArray();
    }
    boolean accept = wanted(msh.field(15), refusal != null);
    if (accept) {
      frame(out, text(msh, refusal, refusal == null ? "CA" : refusal.acceptCode(), now));
    }
    if (wanted(msh.field(16), refusal != null) && !(accept && refusal != null)) {
      frame(out, text(msh, refusal, refusal == null ? "AA" : refusal.applicationCode(), now));
    }
    return out.toByteArray();
  }

  private static boolean wanted(String condition, boolean refused) {
    return switch (condition) {
      case "AL" -> true;
      case "ER" -> refused;
      case "SU" -> !refused;
      default -> false;
    };
  }

  private static String text(
      @Nullable Msh msh, @Nullable Refusal refusal, String code, Instant now) {
    String s = msh == null ? "|" : msh.field(1);
    String encoding = msh == null || msh.field(2).isEmpty() ? "^~\\&" : msh.field(2);
    String c = encoding.substring(0, 1);
    StringBuilder text = new StringBuilder(256);
    text.append("MSH").append(s).append(encoding);
    for (int field : new int[] {5, 6, 3, 4}) {
      text.append(s).append(msh == null ? "" : msh.field(field));
    }
    String trigger = msh == null ? "" : msh.component(9, 2);
    text.append(s).append(TIME.format(now)).append("+0000").append(s).append(s).append("ACK");
    if (!trigger.isEmpty()) {
      text.append(c).append(trigger).append(c).append("ACK");
    }
    text.append(s).append(RUN).append('-').append(NUMBER.incrementAndGet());
    text.append(s).append(msh == null || msh.field(11).isEmpty() ? "P" : msh.field(11));
    text.append(s).append(msh == null || msh.field(12).isEmpty() ? "2.5" : msh.field(12));
    if (msh != null && !msh.field(18).isEmpty()) {
      text.append(s.repeat(6)).append(msh.field(18));
    }
    text.append("\rMSA").append(s).append(code).append(s);
    text.append(msh == null ? "" : msh.controlId());
    if (refusal != null) {
      text.append(s).append(refusal.name());
      String error = refusal.errorCode().replace("^", c);
      text.append("\rERR").append(s.repeat(3)).append(error).append(s).append('E');
    }
    return text.append('\r').toString();
  }

  private static void frame(ByteArrayOutputStream out, String text) {
    out.write(FrameReader.VT);
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    out.write(FrameReader.FS);
    out.write(FrameReader.CR);
  }
}
