// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * A person's decision that another version of a model answers from now on.
 *
 * @param card the model as its reader takes it, such as a model card's JSON
 * @param author who decided
 * @param reason why
 * @param decided when
 */
@TypeInfo(RecordTypeInfo.Factory.class)
public record ModelChange(
    @Nullable String card,
    @Nullable String author,
    @Nullable String reason,
    @Nullable Instant decided) {

  /** Nothing of it. */
  @Override
  public String toString() {
    return "ModelChange";
  }
}
