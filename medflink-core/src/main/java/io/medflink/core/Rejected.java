// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * What could not be used, with all that helps to mend it and nothing of the patient in clear.
 *
 * @param stage where it was refused
 * @param code why
 * @param field the path of the field in its message, such as {@code observations[2].unit}
 * @param feed the sender
 * @param localSystem the code system as sent
 * @param localCode the code as sent
 * @param localUnit the unit as sent
 * @param position where the message stands, such as {@code vitals-0@1042} or {@code a.ndjson:17}
 * @param time the event time, where one was read
 * @param payload the message, sealed; null where no {@link Seal} is configured
 * @param sha256 the message's digest in hex: finds it again without showing it
 */
@TypeInfo(RecordTypeInfo.Factory.class)
public record Rejected(
    Stage stage,
    RejectCode code,
    @Nullable String field,
    @Nullable String feed,
    @Nullable String localSystem,
    @Nullable String localCode,
    @Nullable String localUnit,
    @Nullable String position,
    @Nullable Instant time,
    byte @Nullable [] payload,
    @Nullable String sha256) {

  /** Where a message or value is refused. */
  public enum Stage {
    DECODE,
    CLEAN,
    ASSESS,
    ALERT,
    /** On the way to another system. */
    SEND
  }

  /** Why and where; never what. */
  @Override
  public String toString() {
    return "Rejected[" + stage + ", " + code + (field == null ? "" : ", " + field) + "]";
  }
}
