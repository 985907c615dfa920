// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * Where a challenger answers otherwise than the champion about one moment.
 *
 * @param patientId whose
 * @param encounter the champion's
 * @param time the moment assessed
 * @param revision 1 for the first difference told about this moment, one more for each later one
 * @param champion the id of the model that answers
 * @param championVersion its version
 * @param challenger the id of the model that is tried
 * @param challengerVersion its version
 * @param low the challenger's least primary prediction less the champion's; NaN where one has none
 * @param high the challenger's greatest less the champion's
 * @param levelFrom the champion's level, UNKNOWN where it is not certain
 * @param levelTo the challenger's
 * @param same whether a difference told before is gone
 */
@TypeInfo(RecordTypeInfo.Factory.class)
public record ModelDifference(
    @Nullable String patientId,
    @Nullable String encounter,
    @Nullable Instant time,
    int revision,
    @Nullable String champion,
    @Nullable String championVersion,
    @Nullable String challenger,
    @Nullable String challengerVersion,
    double low,
    double high,
    @Nullable RiskLevel levelFrom,
    @Nullable RiskLevel levelTo,
    boolean same) {

  /** Nothing of it. */
  @Override
  public String toString() {
    return "ModelDifference";
  }
}
