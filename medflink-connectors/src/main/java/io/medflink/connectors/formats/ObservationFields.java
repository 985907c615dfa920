// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

import io.medflink.core.Observation;
import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * An observation under construction, as its sender writes it: filled field by field, then told
 * apart into what is canonical already and what {@code Clean} has to map.
 */
@Internal
public final class ObservationFields {
  /** LOINC's URI in FHIR. */
  public static final String LOINC = "http://loinc.org";

  /** UCUM's URI in FHIR. */
  public static final String UCUM = "http://unitsofmeasure.org";

  private static final Set<String> LOINC_NAMES =
      Set.of(LOINC, "LN", "urn:oid:2.16.840.1.113883.6.1");

  public @Nullable String system;
  public @Nullable String code;
  public double value = Double.NaN;

  /** A coded value or date. */
  public @Nullable String text;

  /** A unit declared to be UCUM. */
  public @Nullable String unit;

  public @Nullable String localUnit;

  /** A value of no known code system. */
  public @Nullable String localText;

  public Observation.Status status = Observation.Status.FINAL;
  public @Nullable String id;
  public Observation.@Nullable Comparator comparator;
  public double rangeLow = Double.NaN;
  public double rangeHigh = Double.NaN;
  public @Nullable String flag;
  public Observation.@Nullable Method method;
  public int artefacts;

  /** Whether a code system is LOINC: its URI in FHIR, its OID, or its name in HL7 v2. */
  public static boolean isLoinc(@Nullable String system) {
    return system != null && LOINC_NAMES.contains(system);
  }

  /**
   * An observation as {@code medflink-json} writes it: {@code settleSystem().observation()} of it
   * is equal. A mapped one goes without its local code.
   */
  public static ObservationFields of(Observation o) {
    ObservationFields fields = new ObservationFields();
    boolean canonical = o.code() != null;
    boolean textual = Double.isNaN(o.value());
    if (!canonical && (o.localSystem() != null || o.localCode() != null)) {
      fields.system = o.localSystem() == null ? "" : o.localSystem();
    }
    fields.code = canonical ? o.code() : o.localCode();
    fields.value = o.value();
    fields.text = canonical ? o.text() : textual ? o.localText() : null;
    fields.unit = o.unit();
    fields.localUnit = o.localUnit();
    fields.localText = canonical || !textual ? o.localText() : null;
    fields.status = o.status();
    fields.id = o.id();
    fields.comparator = o.comparator();
    fields.rangeLow = o.rangeLow();
    fields.rangeHigh = o.rangeHigh();
    fields.flag = o.flag();
    fields.method = o.method();
    fields.artefacts = o.artefacts();
    return fields;
  }

  /** Reads an absent system as LOINC, and an empty one as a local code without a system. */
  public ObservationFields settleSystem() {
    if (system == null && code != null) {
      system = LOINC;
    } else if (system != null && system.isEmpty()) {
      system = null;
    }
    return this;
  }

  /**
   * The observation: LOINC and {@code medflink:} codes in {@code code}, with a coded value in
   * {@code text}; any other code and its coded value in the {@code local…} fields.
   */
  public Observation observation() {
    boolean canonical = code != null && (isLoinc(system) || code.startsWith("medflink:"));
    return new Observation(
        canonical ? code : null,
        value,
        canonical ? text : null,
        unit,
        status,
        canonical ? null : system,
        canonical ? null : code,
        localUnit,
        canonical || text == null ? localText : text,
        id,
        comparator,
        rangeLow,
        rangeHigh,
        flag,
        method,
        artefacts);
  }
}
