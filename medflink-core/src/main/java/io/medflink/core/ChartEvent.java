// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * What can change a patient's chart: the elements of one stream that is keyed by {@link #key()}.
 * The cores of the keyed verbs take any of them.
 */
@TypeInfo(ChartEventTypeInfo.Factory.class)
public sealed interface ChartEvent permits Panel, Movement, Control, HandedOver {

  /** The patient's key; null for a decision about a whole ward. */
  @Nullable String patientId();

  /** When it was so: the time by which events are put in order. */
  Instant eventTime();

  /** What streams of events are keyed by: the patient's key, empty where there is none. */
  default String key() {
    String patient = patientId();
    return patient == null ? "" : patient;
  }
}
