// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.IdentityLinks;
import io.medflink.core.Movement;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Tells each record that belongs elsewhere now to whom. Merges of merges concern several records,
 * so all links are followed in one place; there are few of them.
 */
final class FollowLinks extends KeyedProcessFunction<String, Movement, Movement> {
  private static final long serialVersionUID = 1;

  private transient @Nullable MapState<String, Movement> merges;
  private transient @Nullable ListState<Movement> told;
  private transient @Nullable IdentityLinks links;

  @Override
  public void open(OpenContext context) {
    TypeInformation<Movement> type = TypeInformation.of(Movement.class);
    merges =
        getRuntimeContext().getMapState(new MapStateDescriptor<>("merges", Types.STRING, type));
    told = getRuntimeContext().getListState(new ListStateDescriptor<>("links", type));
  }

  @Override
  public void processElement(Movement movement, Context context, Collector<Movement> out)
      throws Exception {
    if (merges == null || told == null) {
      throw new IllegalStateException("open comes first");
    }
    if (links == null) {
      links = followed(merges, told);
    }
    String record = IdentityLinks.record(movement);
    if (!movement.equals(merges.get(record))) {
      links.add(movement).forEach(out::collect);
      merges.put(record, links.told(movement));
    }
  }

  /**
   * What was followed before a restart; savepoints of the first form hold all of it in one list.
   */
  private static IdentityLinks followed(
      MapState<String, Movement> merges, ListState<Movement> listed) throws Exception {
    for (Movement earlier : listed.get()) {
      merges.put(IdentityLinks.record(earlier), earlier);
    }
    listed.clear();
    IdentityLinks followed = new IdentityLinks();
    for (Movement earlier : merges.values()) {
      followed.restore(earlier);
    }
    return followed;
  }
}
