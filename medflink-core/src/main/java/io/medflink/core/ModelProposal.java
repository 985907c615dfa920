// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * A model that would fit what came of the patients. It changes nothing: a person who agrees sends
 * its card as a {@link ModelChange}.
 *
 * @param model the id of the model that predicted
 * @param version the version that did
 * @param card the model proposed, as a {@link ModelReader} takes it; null where there is none
 * @param from the time of the first outcome that it rests on
 * @param until of the last one
 * @param cases how many outcomes
 * @param leftOut how many more whose predicted risk was 0 or 1 and has no log odds
 * @param why there is no card; null where there is one
 */
@TypeInfo(RecordTypeInfo.Factory.class)
public record ModelProposal(
    @Nullable String model,
    @Nullable String version,
    @Nullable String card,
    @Nullable Instant from,
    @Nullable Instant until,
    int cases,
    long leftOut,
    @Nullable String why) {

  /** Nothing of it. */
  @Override
  public String toString() {
    return "ModelProposal";
  }
}
