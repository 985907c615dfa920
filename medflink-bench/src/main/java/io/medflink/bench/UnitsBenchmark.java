// SPDX-License-Identifier: Apache-2.0
package io.medflink.bench;

import io.medflink.core.units.Conversion;
import io.medflink.core.units.Units;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.measure.IncommensurableException;
import javax.measure.UnitConverter;
import javax.measure.format.UnitFormat;
import org.fhir.ucum.Decimal;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;
import org.fhir.ucum.UcumService;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import systems.uom.ucum.format.UCUMFormat;

/**
 * What does a value in another unit cost, once its pair of units was seen? {@code java -jar
 * medflink-bench/target/benchmarks.jar UnitsBenchmark -prof gc}.
 *
 * <p>{@code medflink} looks its pair up by two texts and converts; {@code cachedConverter} looks a
 * converter of systems-ucum (indriya) up by one text and converts; {@code fhirUcum} parses and
 * converts, as org.fhir:ucum keeps no converters. All on the same four pairs in turn; none with an
 * offset, which org.fhir:ucum refuses.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class UnitsBenchmark {
  static final int PAIRS = 4;
  static final String[] FROM = {"[in_i]", "mm[Hg]", "g/dL", "[lb_av]"};
  static final String[] TO = {"cm", "kPa", "g/L", "kg"};

  private final double[] values = {70, 120, 13.5, 154};
  private final String[] texts = {"70", "120", "13.5", "154"};
  private final Map<String, UnitConverter> converters = new HashMap<>();
  private final UcumService ucum;

  /** Reads the definitions. */
  public UnitsBenchmark() {
    try (InputStream definitions = UcumService.class.getResourceAsStream("/ucum-essence.xml")) {
      ucum = new UcumEssenceService(definitions);
    } catch (UcumException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Resolves each pair once, as each competitor does for a pair seen before. */
  @Setup
  public void seeEachPair() throws IncommensurableException {
    UnitFormat format = UCUMFormat.getInstance(UCUMFormat.Variant.CASE_SENSITIVE);
    for (int i = 0; i < PAIRS; i++) {
      converters.put(FROM[i], format.parse(FROM[i]).getConverterToAny(format.parse(TO[i])));
    }
  }

  /** Look-up and application. */
  @Benchmark
  @OperationsPerInvocation(PAIRS)
  public double medflink() {
    double sum = 0;
    for (int i = 0; i < PAIRS; i++) {
      sum += medflink(i);
    }
    return sum;
  }

  /** A converter kept in a map. */
  @Benchmark
  @OperationsPerInvocation(PAIRS)
  public double cachedConverter() {
    double sum = 0;
    for (int i = 0; i < PAIRS; i++) {
      sum += cachedConverter(i);
    }
    return sum;
  }

  /** The reference service of FHIR's validators. */
  @Benchmark
  @OperationsPerInvocation(PAIRS)
  public int fhirUcum() throws UcumException {
    int sum = 0;
    for (int i = 0; i < PAIRS; i++) {
      sum += fhirUcum(i).length();
    }
    return sum;
  }

  double medflink(int pair) {
    Conversion conversion = Units.conversion(FROM[pair], TO[pair]);
    return Objects.requireNonNull(conversion).apply(values[pair]);
  }

  double cachedConverter(int pair) {
    return Objects.requireNonNull(converters.get(FROM[pair])).convert(values[pair]);
  }

  String fhirUcum(int pair) throws UcumException {
    return ucum.convert(new Decimal(texts[pair]), FROM[pair], TO[pair]).asDecimal();
  }
}
