// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medflink.core.BadInputException;
import io.medflink.core.CodeMap;
import io.medflink.core.Decoder;
import io.medflink.core.Lab;
import io.medflink.core.Message;
import io.medflink.core.Movement;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import io.medflink.core.RejectCode;
import io.medflink.core.Rejected;
import io.medflink.core.Vital;
import io.medflink.core.operators.PanelDeserializationSchema.Received;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.streaming.api.operators.ProcessOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

/** The functions around decoders and the cleaner. */
final class CleanTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final Panel GOOD = Panel.of("mrn|1", NOON, Observation.of(Vital.HEART_RATE, 60));

  private static final Movement MOVED =
      new Movement(
          Movement.Kind.ADMIT,
          "mrn|1",
          null,
          "e",
          null,
          "f",
          "w",
          "b",
          null,
          NOON,
          null,
          null,
          "adt");

  /** Knows what these messages say; anything else breaks it. */
  private static final Decoder DECODER =
      (message, out) -> {
        switch (new String(message.payload(), StandardCharsets.UTF_8)) {
          case "good" -> out.panel(GOOD);
          case "half" -> {
            out.panel(GOOD);
            out.rejected(rejected(RejectCode.NO_VALUE, "c.ndjson:7"));
          }
          case "moved" -> {
            out.movement(MOVED);
            out.ignored("A60");
          }
          case "bad" -> throw new BadInputException(RejectCode.TOO_LARGE, "a[0]");
          case "deep" -> throw new StackOverflowError();
          default -> throw new IllegalStateException("CANARY");
        }
      };

  @Test
  void everyObservationIsPassedOnOrSentToTheSideOutput() throws Exception {
    Clean clean = new Clean(CodeMap.none());
    Panel mixed =
        GOOD.withObservations(
            Observation.of(Vital.HEART_RATE, 60),
            Observation.of("2345-7", 5, "kg"),
            Observation.of("14749-6", 5, "mmol/L"));
    Panel nobodys = Panel.of("", NOON, Observation.of(Vital.HEART_RATE, 60));
    Run<Panel> run = run(clean, GOOD, mixed, nobodys);
    assertThat(run.out()).hasSize(2);
    assertThat(run.out().get(1).observations())
        .filteredOn(o -> !o.isRefused())
        .extracting(Observation::code)
        .containsExactly("8867-4", Lab.GLUCOSE.loinc());
    assertThat(run.rejected())
        .extracting(Rejected::code)
        .containsExactly(RejectCode.WRONG_UNIT, RejectCode.NO_PATIENT_ID);
    assertThat(run.counted()).containsExactly(5L, 3L, 2L);
  }

  @Test
  void aBadMessageIsOneRejectAndNeverFailsTheJob() throws Exception {
    Decode decode = new Decode(DECODER, (payload, bound) -> new byte[] {1});
    Run<Panel> run =
        run(
            decode,
            message("good"),
            message("half"),
            message("bad"),
            message("?"),
            message("deep"));
    assertThat(run.out()).containsExactly(GOOD.withReceived(NOON), GOOD.withReceived(NOON));
    assertThat(run.rejected())
        .extracting(Rejected::code)
        .containsExactly(
            RejectCode.NO_VALUE,
            RejectCode.TOO_LARGE,
            RejectCode.UNDECODABLE,
            RejectCode.UNDECODABLE);
    assertThat(run.rejected())
        .extracting(Rejected::position)
        .containsExactly("c.ndjson:7", "vitals-0@1", "vitals-0@1", "vitals-0@1");
    assertThat(run.rejected().get(1).field()).isEqualTo("a[0]");
    assertThat(run.rejected().get(1).sha256()).isEqualTo(BadInputException.sha256("bad"));
    assertThat(run.rejected()).allMatch(r -> r.payload()[0] == 1);
    assertThat(run.counted()).containsExactly(6L, 2L, 4L);
  }

  @Test
  void movementsGoToTheirSideOutputAndWhatIsOfNoInterestIsCounted() throws Exception {
    Decode decode = new Decode(DECODER);
    try (OneInputStreamOperatorTestHarness<Message, Panel> harness =
        new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(decode), 1, 1, 0)) {
      harness.open();
      harness.processElement(message("moved"), 0);
      assertThat(harness.extractOutputValues()).isEmpty();
      assertThat(harness.getSideOutput(SideOutput.MOVEMENTS))
          .extracting(StreamRecord::getValue)
          .containsExactly(MOVED.withReceived(NOON));
      for (String entry : List.of("movements", "ignored")) {
        assertThat(
                decode
                    .getRuntimeContext()
                    .getLongCounter("medflink.decode." + entry)
                    .getLocalValue())
            .isEqualTo(1);
      }
    }
  }

  @Test
  void whatFailsDownstreamIsNotTheMessagesFault() {
    Decoding decoding = new Decoding(DECODER, null);
    IllegalStateException failure = new IllegalStateException("downstream");
    List<Rejected> rejects = new ArrayList<>();
    assertThatThrownBy(
            () ->
                decoding.decode(
                    message("good"),
                    Decoder.Out.of(
                        panel -> {
                          throw failure;
                        },
                        movement -> {},
                        ignored -> {},
                        rejects::add)))
        .isSameAs(failure);
    assertThat(rejects).isEmpty();
  }

  @Test
  void aDecoderIsAFlinkFormatThatLeavesOutWhatItCannotRead() {
    List<Panel> out = new ArrayList<>();
    PanelDeserializationSchema live = new PanelDeserializationSchema(DECODER, Received.NOW);
    PanelDeserializationSchema archive = new PanelDeserializationSchema(DECODER, Received.AS_SENT);
    archive.deserialize(bytes("half"), new ListCollector<>(out));
    archive.deserialize(bytes("?"), new ListCollector<>(out));
    archive.deserialize(null, new ListCollector<>(out));
    assertThat(out).containsExactly(GOOD);
    live.deserialize(bytes("good"), new ListCollector<>(out));
    assertThat(out.get(1).received()).isNotNull();
    assertThat(out.get(1).withReceived(null)).isEqualTo(GOOD);
  }

  @Test
  void aWrongClockDoesNotCarryTheWatermarkAlong() {
    EventTime time = new EventTime(Duration.ofMinutes(5));
    long noon = NOON.toEpochMilli();
    assertThat(time.extractTimestamp(GOOD, 7)).isEqualTo(noon);
    assertThat(time.extractTimestamp(GOOD.withReceived(NOON), 7)).isEqualTo(noon);
    assertThat(time.extractTimestamp(GOOD.withReceived(NOON.minusSeconds(3600)), 7))
        .isEqualTo(noon - 3_300_000);
    assertThat(time.extractTimestamp(Panel.of("mrn|1", null), 7)).isEqualTo(7);
    assertThat(time.extractTimestamp(Panel.of("mrn|1", Instant.MAX), 7)).isEqualTo(7);
  }

  @SuppressWarnings("try") // its close() throws Exception, and so InterruptedException
  @SafeVarargs
  private static <I> Run<Panel> run(ProcessFunction<I, Panel> function, I... elements)
      throws Exception {
    try (OneInputStreamOperatorTestHarness<I, Panel> harness =
        new OneInputStreamOperatorTestHarness<>(new ProcessOperator<>(function), 1, 1, 0)) {
      harness.open();
      for (I element : elements) {
        harness.processElement(element, 0);
      }
      List<Rejected> rejected = new ArrayList<>();
      if (harness.getSideOutput(SideOutput.REJECTED) != null) {
        harness.getSideOutput(SideOutput.REJECTED).forEach(r -> rejected.add(r.getValue()));
      }
      String name = function instanceof Clean ? "medflink.clean." : "medflink.decode.";
      return new Run<>(
          harness.extractOutputValues(),
          rejected,
          List.of("in", "used", "rejected").stream()
              .map(
                  entry ->
                      function.getRuntimeContext().getLongCounter(name + entry).getLocalValue())
              .toList());
    }
  }

  private record Run<O>(List<O> out, List<Rejected> rejected, List<Long> counted) {}

  private static Message message(String text) {
    return new Message(bytes(text), "vitals-0@1", NOON);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Rejected rejected(RejectCode code, String position) {
    return new Rejected(
        Rejected.Stage.DECODE, code, null, null, null, null, null, position, null, null, null);
  }
}
