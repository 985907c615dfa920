// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import io.medflink.core.KnownTypes.Known;
import io.medflink.core.units.Conversion;
import io.medflink.core.units.Units;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings panels to canonical codes and units, or says why not: well-formed, then codes, units and
 * texts mapped, then converted, then checked against what is possible. Stateless and immutable, for
 * any number of threads.
 *
 * <p>What comes out has the canonical code of its {@link ObservationType} with the value and the
 * reference range in its canonical unit (a comparator stays), or one of its codes, or an ISO 8601
 * date; the {@code local…} fields are empty. What a type needs and nobody stated is never guessed;
 * nothing is clamped. A number that wants no unit ({@code {score}}, {@code 1}) may come without.
 *
 * <p>A code that is LOINC or {@code medflink:…} but of no known type stays as it is, with its unit
 * and value as sent. An observation entered in error passes whatever its value, which is dropped
 * where it can't be cleaned: it is needed to withdraw the earlier one.
 *
 * <p>A panel is cleaned once. Cleaning it again changes nothing, unless the code map overrides
 * LOINC codes or UCUM units that the feed declares.
 */
public final class Cleaner implements Serializable {
  private static final long serialVersionUID = 1;

  /** How far a time may lie after the moment of receipt, for clocks that run ahead. */
  public static final Duration TOLERANCE = Duration.ofMinutes(5);

  /** Moments beyond have no milliseconds since 1970 in 64 bits. */
  private static final long LAST_SECOND = Long.MAX_VALUE / 1000;

  private final CodeMap codeMap;
  private final KnownTypes types;
  private final Duration tolerance;
  private final @Nullable Seal seal;

  private Cleaner(CodeMap codeMap, KnownTypes types, Duration tolerance, @Nullable Seal seal) {
    this.codeMap = codeMap;
    this.types = types;
    this.tolerance = tolerance;
    this.seal = seal;
  }

  /** A cleaner with a code map, MedFlink's types, a tolerance of 5 minutes and no seal. */
  public static Cleaner with(CodeMap codeMap) {
    return new Cleaner(codeMap, KnownTypes.with(), TOLERANCE, null);
  }

  /**
   * Knows an application's own types too; one with a code of MedFlink's replaces that.
   *
   * @throws IllegalArgumentException when two of them share a code
   */
  public Cleaner types(ObservationType... own) {
    return new Cleaner(codeMap, KnownTypes.with(own), tolerance, seal);
  }

  /** Rejects times that are later than {@code received} by more than this. */
  public Cleaner tolerance(Duration newTolerance) {
    return new Cleaner(codeMap, types, newTolerance, seal);
  }

  /**
   * Seals what was sent into {@link Rejected#payload()}: the line for the code map that lacks its
   * answer, {@code feed,system,code,loinc,local_unit,unit,local_value,value}, bound to the name of
   * the reject code. Without a seal there is no payload.
   */
  public Cleaner seal(Seal newSeal) {
    return new Cleaner(codeMap, types, tolerance, newSeal);
  }

  /**
   * Cleans a panel. One that needs nothing is passed on itself; one of which nothing is left is not
   * passed on.
   *
   * @param panel as decoded
   * @param panels takes the clean panel; in it, what was refused of a known code leaves an
   *     observation that {@link Observation#isRefused()}
   * @param rejects takes one {@link Rejected} for each observation that can't be used: all of them
   *     where the panel has no patient, no time that is a moment, or one in the future
   */
  @SuppressWarnings("ReferenceEquality") // the same object, so that nothing is copied
  public void clean(Panel panel, Consumer<Panel> panels, Consumer<Rejected> rejects) {
    Observation[] sent = panel.observations();
    RejectCode all = refusal(panel);
    if (all != null) {
      for (Observation o : sent) {
        reject(panel, o, all, all == RejectCode.NO_PATIENT_ID ? "patientId" : "time", rejects);
      }
      return;
    }
    Observation[] kept = sent;
    int count = 0;
    for (int i = 0; i < sent.length; i++) {
      Observation clean = clean(panel, i, rejects);
      if (kept == sent && clean != sent[i]) {
        kept = Arrays.copyOf(sent, sent.length);
      }
      if (clean != null) {
        kept[count++] = clean;
      }
    }
    if (kept == sent) {
      panels.accept(panel);
    } else if (count > 0) {
      panels.accept(
          panel.withObservations(count == kept.length ? kept : Arrays.copyOf(kept, count)));
    }
  }

  /** Why nothing of a panel can be used. */
  private @Nullable RejectCode refusal(Panel panel) {
    if (panel.patientId() == null || panel.patientId().isBlank()) {
      return RejectCode.NO_PATIENT_ID;
    }
    if (panel.time() == null || Math.abs(panel.time().getEpochSecond()) > LAST_SECOND) {
      return RejectCode.NO_TIME;
    }
    return panel.received() != null && isFuture(panel.time(), panel.received())
        ? RejectCode.FUTURE_TIME
        : null;
  }

  private boolean isFuture(Instant time, Instant received) {
    long seconds = time.getEpochSecond() - received.getEpochSecond() - tolerance.getSeconds();
    long nanos = (long) time.getNano() - received.getNano() - tolerance.getNano();
    return seconds > 2 || (seconds >= 0 && seconds * 1_000_000_000 + nanos > 0);
  }

  private @Nullable Observation clean(Panel panel, int i, Consumer<Rejected> rejects) {
    Observation o = panel.observations()[i];
    String code =
        codeMap.loinc(
            AsSent.feed(panel), AsSent.system(o), AsSent.code(o), AsSent.unit(o), AsSent.text(o));
    code = code == null ? o.code() : code;
    Known known = code == null ? null : types.get(code);
    if (code == null || (known == null && !Loinc.isCode(code))) {
      reject(panel, o, RejectCode.UNMAPPED_CODE, field(i, "code"), rejects);
      return null;
    }
    if (o.isRefused()) {
      return o;
    }
    if (known == null || known.isFree()) {
      return free(panel, i, o, known == null ? code : known.loinc(), rejects);
    }
    return known.unit() == null
        ? text(panel, i, o, known, rejects)
        : number(panel, i, o, known, known.unit(), rejects);
  }

  private @Nullable Observation number(
      Panel panel, int i, Observation o, Known known, String target, Consumer<Rejected> rejects) {
    double value = o.value();
    if (Double.isNaN(value)) {
      String sent = AsSent.text(o);
      String mapped = mappedValue(panel, o, known.loinc(), sent);
      value = mapped == null ? Double.NaN : CodeMapFile.number(mapped);
      if (!Double.isFinite(value)) {
        return unusable(panel, i, o, known.loinc(), noValue(sent), "value", rejects);
      }
    }
    String unit = mappedUnit(panel, o, known.loinc());
    if (unit == null && known.needsNoUnit() && AsSent.unit(o).isEmpty()) {
      unit = target;
    }
    if (unit == null) {
      return unusable(panel, i, o, known.loinc(), RejectCode.UNMAPPED_UNIT, "unit", rejects);
    }
    double low = o.rangeLow();
    double high = o.rangeHigh();
    if (!unit.equals(target)) {
      Conversion conversion = Units.conversion(unit, target, known.analyte());
      if (conversion == null) {
        RejectCode why = Units.isValid(unit) ? RejectCode.WRONG_UNIT : RejectCode.UNMAPPED_UNIT;
        return unusable(panel, i, o, known.loinc(), why, "unit", rejects);
      }
      value = conversion.apply(value);
      low = conversion.apply(low);
      high = conversion.apply(high);
    }
    if (!known.isPossible(o.comparator(), value)) {
      return unusable(panel, i, o, known.loinc(), RejectCode.IMPOSSIBLE_VALUE, "value", rejects);
    }
    return Cleaned.of(o, known.loinc(), value, null, target, null, o.comparator(), low, high);
  }

  private @Nullable Observation text(
      Panel panel, int i, Observation o, Known known, Consumer<Rejected> rejects) {
    String sent = AsSent.textOrNumber(o);
    String mapped = mappedValue(panel, o, known.loinc(), sent);
    String text = known.text(mapped == null ? sent : mapped);
    return text == null
        ? unusable(panel, i, o, known.loinc(), noValue(sent), "value", rejects)
        : Cleaned.of(o, known.loinc(), Double.NaN, text, null, null, null, Double.NaN, Double.NaN);
  }

  /** A value about which nothing is known but its code. */
  private @Nullable Observation free(
      Panel panel, int i, Observation o, String code, Consumer<Rejected> rejects) {
    String sent = AsSent.text(o);
    String mapped = mappedValue(panel, o, code, sent);
    String text = mapped == null ? sent : mapped;
    if (Double.isNaN(o.value()) && text.isEmpty()) {
      return unusable(panel, i, o, code, RejectCode.NO_VALUE, "value", rejects);
    }
    if (Double.isInfinite(o.value())) {
      return unusable(panel, i, o, code, RejectCode.IMPOSSIBLE_VALUE, "value", rejects);
    }
    String unit = mappedUnit(panel, o, code);
    return Cleaned.of(
        o,
        code,
        o.value(),
        text.isEmpty() ? null : text,
        unit,
        unit == null ? o.localUnit() : null,
        o.comparator(),
        o.rangeLow(),
        o.rangeHigh());
  }

  private @Nullable String mappedValue(Panel panel, Observation o, String loinc, String sent) {
    return codeMap.value(
        AsSent.feed(panel), AsSent.system(o), AsSent.code(o), loinc, AsSent.unit(o), sent);
  }

  /** As mapped, else as declared. */
  private @Nullable String mappedUnit(Panel panel, Observation o, String loinc) {
    String unit =
        codeMap.unit(
            AsSent.feed(panel),
            AsSent.system(o),
            AsSent.code(o),
            loinc,
            AsSent.unit(o),
            AsSent.text(o));
    return unit == null ? o.unit() : unit;
  }

  private static RejectCode noValue(String sent) {
    return sent.isEmpty() ? RejectCode.NO_VALUE : RejectCode.UNMAPPED_VALUE;
  }

  /**
   * Rejects, or drops the value of what was entered in error anyway. A value of a type that models
   * know leaves its mark: nobody shall take the older one for the newest.
   */
  private @Nullable Observation unusable(
      Panel panel,
      int i,
      Observation o,
      String code,
      RejectCode why,
      String part,
      Consumer<Rejected> rejects) {
    if (o.status() == Observation.Status.ENTERED_IN_ERROR) {
      return Cleaned.of(o, code, Double.NaN, null, null, null, null, Double.NaN, Double.NaN);
    }
    reject(panel, o, why, field(i, part), rejects);
    return why == RejectCode.NO_VALUE ? null : Cleaned.refused(o, code);
  }

  private void reject(
      Panel panel, Observation o, RejectCode why, String field, Consumer<Rejected> rejects) {
    byte[] payload =
        seal == null
            ? null
            : seal.seal(AsSent.line(panel, o), why.name().getBytes(StandardCharsets.UTF_8));
    rejects.accept(
        new Rejected(
            Rejected.Stage.CLEAN,
            why,
            field,
            panel.feed(),
            o.code() == null ? o.localSystem() : Loinc.SYSTEM,
            o.code() == null ? o.localCode() : o.code(),
            o.unit() == null ? o.localUnit() : o.unit(),
            null,
            panel.time(),
            payload,
            null));
  }

  private static String field(int i, String part) {
    return "observations[" + i + "]." + part;
  }
}
