// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import io.medflink.models.capacity.ErlangB;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.functions.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** {@code erlang_b(servers, offered_load)}: the probability that an arrival is lost. */
@Internal
public final class Blocking extends ScalarFunction {
  private static final long serialVersionUID = 1;

  /** Null when an argument is unknown or impossible. */
  public @Nullable Double eval(@Nullable Double servers, @Nullable Double offeredLoad) {
    Integer count = Counts.whole(servers);
    if (count == null || offeredLoad == null) {
      return null;
    }
    return offeredLoad >= 0 && Double.isFinite(offeredLoad)
        ? (Double) ErlangB.blocking(count, offeredLoad)
        : null;
  }
}
