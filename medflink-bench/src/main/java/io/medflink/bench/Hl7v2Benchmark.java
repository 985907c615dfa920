// SPDX-License-Identifier: Apache-2.0
package io.medflink.bench;

import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.v251.segment.OBX;
import io.medflink.connectors.hl7v2.Hl7v2;
import io.medflink.core.Decoder;
import io.medflink.core.Message;
import io.medflink.core.Panel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does a result of eight values cost to decode? {@code java -jar
 * medflink-bench/target/benchmarks.jar Hl7v2Benchmark -prof gc}; for ratios {@link DecoderRatios}.
 *
 * <p>{@code medflink}, {@code split} and {@code hapi} give equal panels: patient, place, encounter,
 * birth date, sex, times, and of each value its code, unit, status, range, flag and identity.
 * {@code splitFive} and {@code hapiFive} only take patient, time, code, value and unit of each
 * value, the times as text: a lower bound of what they cost. {@value #MESSAGES} messages in turn,
 * of {@value #PATIENTS} patients.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Hl7v2Benchmark {
  static final int MESSAGES = 4_096;

  /** As many as a large hospital's monitors watch. */
  private static final int PATIENTS = 400;

  private static final int STRANGERS = 900_000;

  /** More than are remembered. */
  private static final int UNKNOWN = 32_768;

  private final byte[][] messages = Results.messages(MESSAGES, PATIENTS);
  private final byte[][] unknown = Results.messages(UNKNOWN, STRANGERS);
  private final Hl7v2 decoder = new Hl7v2().withAuthority("GENERAL", "mrn");
  private final Hl7v2 stranger = decoder.withFeed("hl7v2");
  private final Hl7v2ByHapi byHapi = new Hl7v2ByHapi();
  private final List<Panel> read = new ArrayList<>(2);
  private final Decoder.Out out =
      Decoder.Out.of(
          read::add,
          movement -> {},
          ignored -> {},
          rejected -> {
            throw new IllegalStateException(rejected.toString());
          });
  private int next;
  private int unknownNext;

  /** What a value needs at the least. */
  record Five(String patient, String time, String code, double value, String unit) {}

  private int next() {
    next = (next + 1) % MESSAGES;
    return next;
  }

  /** This project. */
  @Benchmark
  public List<Panel> medflink() {
    return medflink(next());
  }

  List<Panel> medflink(int message) {
    read.clear();
    decoder.decode(new Message(messages[message], null, null), out);
    return read;
  }

  /** This project, where a patient comes again after {@value #UNKNOWN} messages or never. */
  @Benchmark
  public List<Panel> strangers() {
    return strangers(next());
  }

  List<Panel> strangers(int message) {
    read.clear();
    stranger.decode(new Message(unknown[unknownNext++ & (UNKNOWN - 1)], null, null), out);
    return read;
  }

  /** By hand. */
  @Benchmark
  public List<Panel> split() {
    return split(next());
  }

  List<Panel> split(int message) {
    return Hl7v2ByHand.read(messages[message]);
  }

  /** HAPI's default parser. */
  @Benchmark
  public List<Panel> hapi() throws HL7Exception {
    return hapi(next());
  }

  List<Panel> hapi(int message) throws HL7Exception {
    return byHapi.read(messages[message]);
  }

  /** By hand, five fields. */
  @Benchmark
  public List<Five> splitFive() {
    return splitFive(next());
  }

  @SuppressWarnings("StringSplitter") // that is what is measured
  List<Five> splitFive(int message) {
    List<Five> values = new ArrayList<>(Results.VALUES);
    String patient = "";
    for (String segment : new String(messages[message], StandardCharsets.UTF_8).split("\r")) {
      String[] fields = segment.split("\\|");
      if (fields[0].equals("PID")) {
        patient = fields[3].split("\\^")[0];
      } else if (fields[0].equals("OBX")) {
        values.add(
            new Five(
                patient,
                fields[14],
                fields[3].split("\\^")[0],
                Double.parseDouble(fields[5]),
                fields[6].split("\\^")[0]));
      }
    }
    return values;
  }

  /** HAPI's default parser, five fields. */
  @Benchmark
  public List<Five> hapiFive() throws HL7Exception {
    return hapiFive(next());
  }

  List<Five> hapiFive(int message) throws HL7Exception {
    var result = byHapi.parse(messages[message]).getPATIENT_RESULT();
    String patient =
        result.getPATIENT().getPID().getPatientIdentifierList(0).getIDNumber().getValue();
    List<Five> values = new ArrayList<>(Results.VALUES);
    var order = result.getORDER_OBSERVATION();
    for (int i = 0; i < order.getOBSERVATIONReps(); i++) {
      OBX obx = order.getOBSERVATION(i).getOBX();
      values.add(
          new Five(
              patient,
              obx.getDateTimeOfTheObservation().getTime().getValue(),
              obx.getObservationIdentifier().getIdentifier().getValue(),
              Double.parseDouble(obx.getObservationValue(0).getData().toString()),
              obx.getUnits().getIdentifier().getValue()));
    }
    return values;
  }
}
