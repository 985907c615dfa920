// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * A movement or decision that another record of the same patient told, as {@code ResolveIdentity}
 * brings it to the survivor of a merge, and takes it away again after an un-merge.
 *
 * <p>A {@link Movement.Kind#MERGE} says that the record of key {@code otherPatientId} belongs to
 * this patient from then on; a {@link Movement.Kind#DELETE} that this record belongs to another
 * patient.
 *
 * @param event under the key of the record that it belongs to now
 * @param source the key under which it was told and how often that went elsewhere, such as {@code
 *     hospital|7.1}; null for what is the patient's own
 * @param withdrawn whether it belongs to this record no longer
 */
@TypeInfo(RecordTypeInfo.Factory.class)
public record HandedOver(ChartEvent event, @Nullable String source, boolean withdrawn)
    implements ChartEvent {

  @Override
  public @Nullable String patientId() {
    return event.patientId();
  }

  @Override
  public Instant eventTime() {
    return event.eventTime();
  }

  /** What its decision says, as a value that enters the chart however old it is, or leaves it. */
  Panel value(Panel told) {
    return HandOver.marked(HandOver.named(told, source), withdrawn);
  }

  /** What kind of event; never of whom. */
  @Override
  public String toString() {
    return "HandedOver[" + event + (withdrawn ? ", withdrawn]" : "]");
  }
}
