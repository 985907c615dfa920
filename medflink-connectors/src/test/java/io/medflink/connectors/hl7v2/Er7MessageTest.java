// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Er7MessageTest {
  private static final String MSH =
      "MSH|^~\\&|APP^1.2^ISO|FAC|RAPP|RFAC|20261124080000+0100||ORU^R01^ORU_R01|id7|P^A|2.5.1|||AL|NE||8859/1";

  @Test
  void readsTheHeader() {
    Er7Message m = Er7Message.of(bytes(MSH + "\r"));
    assertThat(m.fieldSeparator()).isEqualTo('|');
    assertThat(m.encodingCharacters()).isEqualTo("^~\\&");
    assertThat(m.sendingApplication()).isEqualTo("APP");
    assertThat(m.sendingFacility()).isEqualTo("FAC");
    assertThat(m.receivingApplication()).isEqualTo("RAPP");
    assertThat(m.receivingFacility()).isEqualTo("RFAC");
    assertThat(m.messageCode()).isEqualTo("ORU");
    assertThat(m.triggerEvent()).isEqualTo("R01");
    assertThat(m.controlId()).isEqualTo("id7");
    assertThat(m.processingId()).isEqualTo("P");
    assertThat(m.version()).isEqualTo("2.5.1");
    assertThat(m.acceptAcknowledgment()).isEqualTo("AL");
    assertThat(m.applicationAcknowledgment()).isEqualTo("NE");
    assertThat(m.characterSet()).isEqualTo("8859/1");
    assertThat(m.msh().raw(3)).isEqualTo(bytes("APP^1.2^ISO"));
    assertThat(m.msh().raw()).isEqualTo(bytes(MSH));
    assertThat(m.msh().text(19)).isNull();
  }

  @Test
  void readsRepetitionsComponentsAndSubcomponents() {
    Er7Segment pid = second("PID|1||12^^^A&1.2&ISO^MR~ 13 ^^^B||\"\"|  |a&b");
    assertThat(pid.name()).isEqualTo("PID");
    assertThat(pid.is("PID")).isTrue();
    assertThat(pid.is("PV1")).isFalse();
    assertThat(pid.fields()).isEqualTo(7);
    assertThat(pid.repetitions(3)).isEqualTo(2);
    assertThat(pid.components(3, 1)).isEqualTo(5);
    assertThat(pid.text(3, 1)).isEqualTo("12");
    assertThat(pid.text(3, 1, 4)).isEqualTo("A&1.2&ISO");
    assertThat(pid.text(3, 1, 4, 2)).isEqualTo("1.2");
    assertThat(pid.text(3, 1, 4, 4)).isNull();
    assertThat(pid.text(3, 2, 1)).isEqualTo("13");
    assertThat(pid.text(3, 2, 5)).isNull();
    assertThat(pid.text(3, 3, 1)).isNull();
    assertThat(pid.text(3)).isEqualTo("12^^^A&1.2&ISO^MR~ 13 ^^^B");
    assertThat(pid.has(2)).isFalse();
    assertThat(pid.has(5)).as("deleted").isFalse();
    assertThat(pid.text(5)).isNull();
    assertThat(pid.has(6)).as("blank").isFalse();
    assertThat(pid.repetitions(6)).isZero();
    assertThat(pid.text(7, 1)).isEqualTo("a&b");
    assertThat(pid.text(8)).isNull();
    assertThat(pid.next()).isFalse();
  }

  @Test
  void undoesEscapeSequences() {
    assertThat(second("OBX|a\\F\\\\S\\\\T\\\\R\\\\E\\\\P\\b").text(1)).isEqualTo("a|^&~\\#b");
    assertThat(second("OBX|a\\.br\\b\\X0D0A\\c\\H\\d\\N\\").text(1)).isEqualTo("a\nb\r\ncd");
    assertThat(second("OBX|5\\10 \\Z9\\ \\X0\\ \\XGG\\ \\\\").text(1))
        .isEqualTo("5\\10 \\Z9\\ \\X0\\ \\XGG\\ \\\\");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r", "\n", "\r\n", "\n\r", "\r\r\n"})
  void takesAnyLineEnd(String end) {
    Er7Message m =
        Er7Message.of(bytes("\uFEFF\u000B" + MSH + end + "PID|1" + end + "\u001C" + end));
    assertThat(names(m)).containsExactly("MSH", "PID");
  }

  @Test
  void keepsALineFeedInsideAText() {
    Er7Message m = Er7Message.of(bytes(MSH + "\rOBX|1|TX|c||one\ntwo: x|y\n\nthree||||||F\rNTE\r"));
    assertThat(names(m)).containsExactly("MSH", "OBX", "NTE");
    Er7Segment obx = m.segments();
    obx.to(1);
    assertThat(obx.text(5)).isEqualTo("one\ntwo: x");
    assertThat(obx.text(12)).isEqualTo("F");
  }

  @Test
  void takesTheMessagesOwnDelimiters() {
    Er7Message m = Er7Message.of(bytes("MSH^~|\\&^A~1^F^^^^^ADT~A24^7^T\rPID^^^1~~~X&Y|2\r"));
    assertThat(m.sendingApplication()).isEqualTo("A");
    assertThat(m.triggerEvent()).isEqualTo("A24");
    Er7Segment pid = m.segments();
    pid.to(1);
    assertThat(pid.text(3, 1, 4, 2)).isEqualTo("Y");
    assertThat(pid.text(3, 2, 1)).isEqualTo("2");
    assertThat(Er7Message.of(bytes("MSH|^~\\&#|A|F")).encodingCharacters()).isEqualTo("^~\\&#");
    Er7Message doubled = Er7Message.of(bytes("MSH|^~\\\\&|A|F&G\\T\\"));
    assertThat(doubled.msh().text(4, 1, 1, 2)).isEqualTo("G&");
    Er7Message few = Er7Message.of(bytes("MSH|^|A~B\\T\\|F"));
    assertThat(few.msh().text(3, 1)).isEqualTo("A~B\\T\\");
  }

  @Test
  void splitsBatches() {
    List<BadInputException> refused = new ArrayList<>();
    assertThat(
            all(
                "FHS|^~\\&|x\rBHS|^~\\&\r" + MSH + "\rPID|1\r\n\r\nMSH|^~\\&|B\rBTS|2\rFTS|1\r",
                refused))
        .containsExactly("APP: MSH PID", "B: MSH");
    assertThat(refused).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "BTS|2 FTS|1, -",
        "BTS FTS, -",
        "BTS| FTS|, -",
        "BTS|2|all FTS|1|x, -",
        "BTS| 2 |all FTS|1, -",
        "BTS|3 FTS|1, BTS-1",
        "BTS|1 FTS|1, BTS-1",
        "BTS|two FTS|1, BTS-1",
        "BTS|2 FTS|2, FTS-1",
        "BTS|0 FTS|0, BTS-1 FTS-1"
      })
  void tellsABatchThatHoldsOtherThanItsTrailerSays(String trailers, String wrong) {
    String file =
        "FHS|^~\\&|x\rBHS|^~\\&\r"
            + MSH
            + "\rPID|1\rMSH|^~\\&|B\r"
            + trailers.replace(" F", "\rF")
            + "\r";
    List<BadInputException> refused = new ArrayList<>();
    assertThat(all(file, refused)).containsExactly("APP: MSH PID", "B: MSH");
    List<String> fields = wrong == null ? List.of() : List.of(wrong.split(" ", -1));
    assertThat(refused).extracting(BadInputException::field).containsExactlyElementsOf(fields);

    // Cut into its messages, what is wrong is a part of its own, refused when its turn comes.
    List<String> parts = cut(file);
    assertThat(parts).hasSize(2 + fields.size());
    for (String part : parts.subList(2, parts.size())) {
      refused.clear();
      assertThat(all(part, refused)).isEmpty();
      assertThat(refused).hasSize(1);
    }
  }

  @Test
  void eachBatchOfAFileIsCountedAlone() {
    List<BadInputException> refused = new ArrayList<>();
    String batch = "BHS|^~\\&\r" + MSH + "\rPID|1\rBTS|1\r";
    assertThat(all("FHS|^~\\&\r" + batch + batch + "FTS|2\r", refused)).hasSize(2);
    assertThat(refused).isEmpty();
    assertThat(all("FHS|^~\\&\r" + batch + batch + "FTS|3\r", refused)).hasSize(2);
    assertThat(refused).extracting(BadInputException::field).containsExactly("FTS-1");
  }

  @Test
  void saysWhatBelongsToNoMessage() {
    List<BadInputException> refused = new ArrayList<>();
    assertThat(all("stray\nOBX|1\nMSH|^~\\&|A\nPID|1\nMSH|abc\nPID|9\nMSH|^~\\&|B\n", refused))
        .containsExactly("A: MSH PID", "B: MSH");
    assertThat(refused).extracting(BadInputException::field).containsExactly("MSH", "MSH-2");
    for (String none : new String[] {"", "\r\n", "MSH", "MSHH0^", "FHS|^~\\&\rBHS|^~\\&\r"}) {
      refused.clear();
      assertThat(all(none, refused)).isEmpty();
      assertThat(refused).as(none).hasSize(1);
    }
  }

  @Test
  void cutsAFileIntoItsMessages() {
    assertThat(cut("stray\nFHS|^~\\&|x\nMSH|^~\\&|A\nPID|1\n\nMSH|^~\\&|B\rBTS|1\r"))
        .containsExactly(
            "stray\nFHS|^~\\&|x\n", "MSH|^~\\&|A\nPID|1\n\n", "MSH|^~\\&|B\r", "BTS|1");
    assertThat(cut("FHS|^~\\&|x\r")).containsExactly("FHS|^~\\&|x\r");
    assertThat(cut("")).containsExactly("");
  }

  private static List<String> cut(String file) {
    return Er7Message.split(bytes(file)).stream()
        .map(part -> new String(part, StandardCharsets.UTF_8))
        .toList();
  }

  @Test
  void readsDeclaredCharacterSets() {
    String name = "Zo\u00EB";
    assertThat(sent(name, "8859/1", StandardCharsets.ISO_8859_1)).isEqualTo(name);
    assertThat(sent(name, "UNICODE UTF-8~ASCII", StandardCharsets.UTF_8)).isEqualTo(name);
    assertThat(sent(name, "", StandardCharsets.UTF_8)).isEqualTo(name);
    assertThat(sent("\u8A31|", "GB 18030-2000", Charset.forName("GB18030"))).isEqualTo("\u8A31");
    assertThat(sent("\u8A31\u529F", "BIG-5", Charset.forName("Big5"))).isEqualTo("\u8A31\u529F");
    assertThat(sent("\u5C71\u7530", "ISO IR87", Charset.forName("ISO-2022-JP")))
        .isEqualTo("\u5C71\u7530");
    assertThat(sent("\\XC3AB\\", "UNICODE UTF-8", StandardCharsets.UTF_8)).isEqualTo("\u00EB");
  }

  @Test
  void refusesBytesThatAreNotOfTheCharacterSetOnlyWhereTheyAreAskedFor() {
    byte[] payload =
        (MSH.replace("8859/1", "ASCII") + "\rPID|\u00EB|1").getBytes(StandardCharsets.UTF_8);
    Er7Segment pid = Er7Message.of(payload).segments();
    pid.to(1);
    assertThat(pid.text(2)).isEqualTo("1");
    assertThatThrownBy(() -> pid.text(1))
        .isInstanceOfSatisfying(
            BadInputException.class, e -> assertThat(e.code()).isEqualTo(RejectCode.UNDECODABLE));
    assertThatThrownBy(() -> Er7Message.of(bytes(MSH.replace("8859/1", "KLINGON"))))
        .isInstanceOfSatisfying(
            BadInputException.class, e -> assertThat(e.field()).isEqualTo("MSH-18"));
  }

  @Test
  void readsHundredsOfFieldsAndSegments() {
    StringBuilder text = new StringBuilder(MSH);
    for (int i = 1; i <= 300; i++) {
      text.append("\rOBX|").append(i).append("|".repeat(200)).append("z");
    }
    Er7Message m = Er7Message.of(bytes(text.toString()));
    assertThat(m.size()).isEqualTo(301);
    Er7Segment obx = m.segments();
    obx.to(300);
    assertThat(obx.text(1)).isEqualTo("300");
    assertThat(obx.text(201)).isEqualTo("z");
    assertThat(obx.fields()).isEqualTo(201);
  }

  @Test
  void copiesNothingThatIsNotAskedFor() {
    byte[] large = bytes(MSH + "\rOBX|1|ED|c^^L||" + "A".repeat(4_000_000) + "\rOBX|2|NM|d||7\r");
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      Er7Segment obx = Er7Message.of(large).segments();
      obx.to(1);
      boolean found = "c".equals(obx.text(3, 1)) && obx.to(2) && "7".equals(obx.text(5));
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
      assertThat(found).isTrue();
    }
    assertThat(least).isLessThan(10_000);
  }

  private static String sent(String text, String set, Charset charset) {
    Er7Segment pid =
        Er7Message.of((MSH.replace("8859/1", set) + "\rPID|" + text + "\r").getBytes(charset))
            .segments();
    pid.to(1);
    return pid.text(1);
  }

  private static List<String> all(String payload, List<BadInputException> refused) {
    List<String> found = new ArrayList<>();
    Er7Batch batch = new Er7Batch(bytes(payload));
    boolean more = true;
    while (more) {
      try {
        Er7Message m = new Er7Message();
        more = batch.next(m, StandardCharsets.UTF_8);
        if (more) {
          found.add(m.sendingApplication() + ": " + String.join(" ", names(m)));
        }
      } catch (BadInputException e) {
        refused.add(e);
      }
    }
    return found;
  }

  private static List<String> names(Er7Message m) {
    List<String> names = new ArrayList<>();
    Er7Segment segment = m.segments();
    while (segment.next()) {
      names.add(segment.name());
    }
    return names;
  }

  private static Er7Segment second(String segment) {
    Er7Segment view = Er7Message.of(bytes(MSH + "\r" + segment + "\r")).segments();
    view.to(1);
    return view;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
