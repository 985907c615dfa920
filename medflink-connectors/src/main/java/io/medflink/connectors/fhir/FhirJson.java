// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import io.medflink.core.Decoder;
import io.medflink.core.Message;
import java.time.ZoneId;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The format {@code fhir-json}: FHIR R4 and R5 Observation, Patient and Encounter resources, alone
 * (also as NDJSON lines), contained in others, and in bundles of any type and size. Other resources
 * are ignored; the Locations of a message tell what is a ward and what a bed.
 *
 * <p>An Observation is a panel: its value and each component's. Its time is {@code
 * effectiveDateTime}, {@code effectiveInstant} or the end of {@code effectivePeriod}; a date is
 * refused as imprecise. A LOINC coding wins over the others, else the first stands in the {@code
 * local…} fields; units count as UCUM where the Quantity says so. {@code unknown} status, a {@code
 * focus} and a {@code modifierExtension} are refused. A {@code cancelled} one is entered in error.
 *
 * <p>A Patient is a panel of birth date (LOINC 21112-8) and sex (46098-0) at 00:00 UTC of the birth
 * date, so that they are known at every later moment. {@code deceasedDateTime} is a movement, as is
 * a {@code link} of the types {@code replaces} and {@code replaced-by}, at {@code
 * meta.lastUpdated}.
 *
 * <p>An Encounter, which is a state, is the movements that led to it: admitted at its period's
 * start, transferred at the start of each later {@code location}, away by {@code statusHistory},
 * discharged at its end when it is over. It tells them again each time that it is sent.
 *
 * <p>The patient's key is {@code authority|identifier} by the first of the given authorities that
 * the patient has, looked up in the same message (a bundle may give its Patient last). Without one
 * it is {@code Patient|id} where {@link #withFallbackToResourceId()} allows it (of one server's
 * resources, ids are unique), else {@code NO_PATIENT_ID}. Resources in other files than their
 * Patient know the id alone: don't give authorities for those.
 *
 * <p>JSON that cannot be read to its end is refused as a whole before anything of it is handed on.
 *
 * <p>Source: HL7 FHIR R4 (4.0.1) and R5 (5.0.0), Observation, Patient, Encounter, Bundle, JSON
 * representation.
 */
public final class FhirJson implements Decoder {
  private static final long serialVersionUID = 1;

  private static final AtomicReferenceFieldUpdater<FhirJson, @Nullable JsonForms> IDLE =
      AtomicReferenceFieldUpdater.newUpdater(FhirJson.class, JsonForms.class, "idle");

  private final FhirReading reading;

  /** Taken by whoever decodes, so that threads never share one. */
  private transient volatile @Nullable JsonForms idle;

  /** FHIR whose times state their zone, and no authority yet: each patient is refused. */
  public FhirJson() {
    this(FhirReading.STRICT);
  }

  FhirJson(FhirReading reading) {
    this.reading = reading;
  }

  /** The same as sent by a feed. */
  public FhirJson withFeed(@Nullable String newFeed) {
    return new FhirJson(reading.withFeed(newFeed));
  }

  /** The same for a sender whose times don't state their zone. */
  public FhirJson withZone(@Nullable ZoneId newZone) {
    return new FhirJson(reading.withZone(newZone));
  }

  /**
   * The same with one authority more, of lower priority than those given before.
   *
   * @param system the identifiers' {@code system}, a URI
   * @param authority what stands before the bar in patient keys, the same for every format
   */
  public FhirJson withAuthority(String system, String authority) {
    return new FhirJson(reading.withAuthority(system, authority));
  }

  /** The same where patients without an identifier of an authority are {@code Patient|id}. */
  public FhirJson withFallbackToResourceId() {
    return new FhirJson(reading.withFallback());
  }

  @Override
  public void decode(Message message, Out out) {
    JsonForms forms = idle;
    if (forms == null || !IDLE.compareAndSet(this, forms, null)) {
      forms = new JsonForms();
    }
    try {
      reading.decode(message, forms::walk, out);
    } finally {
      idle = forms;
    }
  }
}
