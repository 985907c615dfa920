// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import io.medflink.core.Observation.Comparator;
import io.medflink.core.Observation.Method;
import io.medflink.core.Observation.Status;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * How an observation lies in bytes, format 1 of {@link PanelFormat}, whose rules hold here.
 *
 * <pre>
 * flags (2; the status in the top three bits), then: code, value (8), text, unit, id,
 * range (8 + 8), flag, comparator and method (1), artefacts, local fields (flags 1, then system,
 * code, unit, text)
 * </pre>
 */
final class ObservationFormat {
  private static final Status[] STATUSES = Status.values();
  private static final Comparator[] COMPARATORS = Comparator.values();
  private static final Method[] METHODS = Method.values();

  private static final int CODE = 1;
  private static final int VALUE = 1 << 1;
  private static final int TEXT = 1 << 2;
  private static final int UNIT = 1 << 3;
  private static final int ID = 1 << 4;
  private static final int RANGE = 1 << 5;
  private static final int FLAG = 1 << 6;
  private static final int HOW = 1 << 7;
  private static final int ARTEFACTS = 1 << 8;
  private static final int LOCAL = 1 << 9;
  private static final int STATUS_SHIFT = 13;
  private static final int OBSERVATION_FLAGS = 7 << STATUS_SHIFT | (2 * LOCAL - 1);

  /** Alone in the flags: a null stands in the array. */
  private static final int NOTHING = 1 << 12;

  private static final int LOCAL_SYSTEM = 1;
  private static final int LOCAL_CODE = 1 << 1;
  private static final int LOCAL_UNIT = 1 << 2;
  private static final int LOCAL_TEXT = 1 << 3;
  private static final int LOCAL_FLAGS = 2 * LOCAL_TEXT - 1;

  /** Room for the fields of fixed size that stand between two strings, and more. */
  private static final int FIXED = 64;

  private ObservationFormat() {}

  static void write(@Nullable Observation o, RecordBuffer b) {
    b.reserve(FIXED);
    if (o == null) {
      b.couple(NOTHING);
      return;
    }
    boolean value = isPresent(o.value());
    boolean range = isPresent(o.rangeLow()) || isPresent(o.rangeHigh());
    int how = 0;
    Comparator comparator = o.comparator();
    if (comparator != null) {
      how = comparator.ordinal() + 1;
    }
    Method method = o.method();
    if (method != null) {
      how |= (method.ordinal() + 1) << 4;
    }
    int local =
        RecordBuffer.bit(LOCAL_SYSTEM, o.localSystem())
            | RecordBuffer.bit(LOCAL_CODE, o.localCode())
            | RecordBuffer.bit(LOCAL_UNIT, o.localUnit())
            | RecordBuffer.bit(LOCAL_TEXT, o.localText());
    Status status = o.status();
    b.couple(
        RecordBuffer.bit(CODE, o.code())
            | (value ? VALUE : 0)
            | RecordBuffer.bit(TEXT, o.text())
            | RecordBuffer.bit(UNIT, o.unit())
            | RecordBuffer.bit(ID, o.id())
            | (range ? RANGE : 0)
            | RecordBuffer.bit(FLAG, o.flag())
            | (how == 0 ? 0 : HOW)
            | (o.artefacts() == 0 ? 0 : ARTEFACTS)
            | (local == 0 ? 0 : LOCAL)
            | (status == null ? 0 : status.ordinal() + 1) << STATUS_SHIFT);
    PanelTerms.write(o.code(), b);
    if (value) {
      b.reserve(8);
      b.eight(Double.doubleToRawLongBits(o.value()));
    }
    PanelTerms.write(o.text(), b);
    PanelTerms.write(o.unit(), b);
    b.optional(o.id());
    b.reserve(FIXED);
    if (range) {
      b.eight(Double.doubleToRawLongBits(o.rangeLow()));
      b.eight(Double.doubleToRawLongBits(o.rangeHigh()));
    }
    PanelTerms.write(o.flag(), b);
    b.reserve(7);
    if (how != 0) {
      b.octet(how);
    }
    if (o.artefacts() != 0) {
      b.unsigned(o.artefacts());
    }
    if (local != 0) {
      b.octet(local);
      b.optional(o.localSystem());
      b.optional(o.localCode());
      b.optional(o.localUnit());
      b.optional(o.localText());
    }
  }

  /** All but the one NaN that Java writes for "none": other NaNs are kept bit by bit. */
  private static boolean isPresent(double x) {
    return Double.doubleToRawLongBits(x) != 0x7ff8000000000000L;
  }

  @SuppressWarnings("NullAway") // what was null when written is null again
  static @Nullable Observation read(RecordBuffer b) throws IOException {
    int flags = b.couple();
    if (flags == NOTHING) {
      return null;
    }
    RecordBuffer.checkFlags(flags, OBSERVATION_FLAGS);
    String code = PanelTerms.read(flags & CODE, b);
    double value = number(flags & VALUE, b);
    String text = PanelTerms.read(flags & TEXT, b);
    String unit = PanelTerms.read(flags & UNIT, b);
    String id = b.optional(flags & ID);
    double low = number(flags & RANGE, b);
    double high = number(flags & RANGE, b);
    String flag = PanelTerms.read(flags & FLAG, b);
    int how = (flags & HOW) == 0 ? 0 : b.octet();
    int artefacts = (flags & ARTEFACTS) == 0 ? 0 : b.unsigned();
    int local = (flags & LOCAL) == 0 ? 0 : b.octet();
    RecordBuffer.checkFlags(local, LOCAL_FLAGS);
    String localSystem = b.optional(local & LOCAL_SYSTEM);
    String localCode = b.optional(local & LOCAL_CODE);
    String localUnit = b.optional(local & LOCAL_UNIT);
    String localText = b.optional(local & LOCAL_TEXT);
    return new Observation(
        code,
        value,
        text,
        unit,
        constant(STATUSES, flags >>> STATUS_SHIFT),
        localSystem,
        localCode,
        localUnit,
        localText,
        id,
        constant(COMPARATORS, how & 0xF),
        low,
        high,
        flag,
        constant(METHODS, how >>> 4),
        artefacts);
  }

  private static double number(int present, RecordBuffer b) throws IOException {
    return present == 0 ? Double.NaN : Double.longBitsToDouble(b.eight());
  }

  private static <E> @Nullable E constant(E[] constants, int numberFromOne) throws IOException {
    if (numberFromOne > constants.length) {
      throw RecordBuffer.corrupted("code of an enum");
    }
    return numberFromOne == 0 ? null : constants[numberFromOne - 1];
  }
}
