// SPDX-License-Identifier: Apache-2.0
package io.medflink.bench;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.model.Varies;
import ca.uhn.hl7v2.model.v251.message.ORU_R01;
import ca.uhn.hl7v2.model.v251.segment.OBX;
import ca.uhn.hl7v2.parser.PipeParser;
import io.medflink.connectors.hl7v2.Hl7v2;
import io.medflink.core.Decoder;
import io.medflink.core.Message;
import io.medflink.core.Observation;
import java.nio.charset.StandardCharsets;
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
 * medflink-bench/target/benchmarks.jar Hl7v2Benchmark -prof gc}.
 *
 * <p>{@code medflink} makes panels of all that a message tells: patient, place, encounter, birth
 * date, sex, and of each value its code, unit, status, range, flag and identity. {@code split} and
 * {@code hapi} only take patient, time, code, value and unit of each value. 4,096 messages in turn.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Hl7v2Benchmark {
  private static final int MESSAGES = 4_096;

  private final byte[][] messages = Results.messages(MESSAGES);
  private final Hl7v2 decoder = new Hl7v2().withAuthority("GENERAL", "mrn");
  private final HapiContext context = new DefaultHapiContext();
  private final PipeParser parser = context.getPipeParser();
  private double sum;
  private final Decoder.Out out =
      Decoder.Out.of(
          panel -> {
            for (Observation o : panel.observations()) {
              sum += Double.isNaN(o.value()) ? 0 : o.value();
            }
          },
          movement -> {},
          ignored -> {},
          rejected -> {
            throw new IllegalStateException(rejected.toString());
          });
  private int next;

  private record Value(String patient, String time, String code, double value, String unit) {}

  private byte[] next() {
    next = (next + 1) % MESSAGES;
    return messages[next];
  }

  /** The sum of a message's values. */
  @Benchmark
  public double medflink() {
    return medflink(next());
  }

  double medflink(byte[] message) {
    sum = 0;
    decoder.decode(new Message(message, null, null), out);
    return sum;
  }

  /** As many write it by hand. */
  @Benchmark
  public double split() {
    return split(next());
  }

  @SuppressWarnings("StringSplitter") // that is what is measured
  double split(byte[] message) {
    double total = 0;
    String patient = "";
    for (String segment : new String(message, StandardCharsets.UTF_8).split("\r")) {
      String[] fields = segment.split("\\|");
      if (fields[0].equals("PID")) {
        patient = fields[3].split("\\^")[0];
      } else if (fields[0].equals("OBX")) {
        Value value =
            new Value(
                patient,
                fields[14],
                fields[3].split("\\^")[0],
                Double.parseDouble(fields[5]),
                fields[6].split("\\^")[0]);
        total += value.value();
      }
    }
    return total;
  }

  /** HAPI as its documentation begins. */
  @Benchmark
  public double hapi() throws HL7Exception {
    return hapi(next());
  }

  double hapi(byte[] message) throws HL7Exception {
    ORU_R01 oru = (ORU_R01) parser.parse(new String(message, StandardCharsets.UTF_8));
    var result = oru.getPATIENT_RESULT();
    String patient =
        result.getPATIENT().getPID().getPatientIdentifierList(0).getIDNumber().getValue();
    double total = 0;
    var order = result.getORDER_OBSERVATION();
    for (int i = 0; i < order.getOBSERVATIONReps(); i++) {
      OBX obx = order.getOBSERVATION(i).getOBX();
      Varies sent = obx.getObservationValue(0);
      Value value =
          new Value(
              patient,
              obx.getDateTimeOfTheObservation().getTime().getValue(),
              obx.getObservationIdentifier().getIdentifier().getValue(),
              Double.parseDouble(sent.getData().toString()),
              obx.getUnits().getIdentifier().getValue());
      total += value.value();
    }
    return total;
  }

  byte[] message(int i) {
    return messages[i];
  }
}
