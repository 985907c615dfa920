// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.IdentityLinks;
import io.medflink.core.Movement;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Tells each record that belongs elsewhere now to whom. Merges of merges concern several records,
 * so all links are followed in one place; there are few of them.
 */
final class FollowLinks extends KeyedProcessFunction<String, Movement, Movement> {
  private static final long serialVersionUID = 1;

  private transient @Nullable ListState<Movement> told;
  private transient @Nullable IdentityLinks links;

  @Override
  public void open(OpenContext context) {
    told =
        getRuntimeContext()
            .getListState(new ListStateDescriptor<>("links", TypeInformation.of(Movement.class)));
  }

  @Override
  public void processElement(Movement movement, Context context, Collector<Movement> out)
      throws Exception {
    if (told == null) {
      throw new IllegalStateException("open comes first");
    }
    IdentityLinks followed = links;
    if (followed == null) {
      followed = new IdentityLinks();
      for (Movement earlier : told.get()) {
        followed.add(earlier);
      }
      links = followed;
    }
    followed.add(movement).forEach(out::collect);
    told.update(followed.movements());
  }
}
