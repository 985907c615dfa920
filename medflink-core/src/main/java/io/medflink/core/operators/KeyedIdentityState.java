// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.ChartEvent;
import io.medflink.core.HandOver;
import io.medflink.core.IdentityState;
import io.medflink.core.Panel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/** Identities in keyed state. */
final class KeyedIdentityState implements IdentityState {
  private final MapState<String, HandOver> redirects;
  private final MapState<Long, List<ChartEvent>> remembered;
  private final MapState<String, Panel> newest;
  String patientId = "";

  KeyedIdentityState(RuntimeContext context) {
    redirects =
        context.getMapState(
            new MapStateDescriptor<>(
                "redirects", Types.STRING, TypeInformation.of(HandOver.class)));
    remembered =
        context.getMapState(
            new MapStateDescriptor<>(
                "remembered", Types.LONG, Types.LIST(TypeInformation.of(ChartEvent.class))));
    newest =
        context.getMapState(
            new MapStateDescriptor<>("newest", Types.STRING, TypeInformation.of(Panel.class)));
  }

  @Override
  public String patientId() {
    return patientId;
  }

  @Override
  public @Nullable HandOver redirect(String stay) throws Exception {
    return redirects.get(stay);
  }

  @Override
  public void redirect(String stay, HandOver to) throws Exception {
    redirects.put(stay, to);
  }

  @Override
  public void remember(ChartEvent event) throws Exception {
    long time = event.eventTime().toEpochMilli();
    List<ChartEvent> before = remembered.get(time);
    List<ChartEvent> events = before == null ? new ArrayList<>() : new ArrayList<>(before);
    if (!events.contains(event)) {
      events.add(event);
      remembered.put(time, events);
    }
  }

  @Override
  public List<ChartEvent> remembered() throws Exception {
    TreeMap<Long, List<ChartEvent>> inOrder = new TreeMap<>();
    remembered.entries().forEach(entry -> inOrder.put(entry.getKey(), entry.getValue()));
    List<ChartEvent> all = new ArrayList<>();
    inOrder.values().forEach(all::addAll);
    return all;
  }

  @Override
  public List<ChartEvent> forget(long horizon) throws Exception {
    List<Long> old = new ArrayList<>();
    for (Long at : remembered.keys()) {
      if (at <= horizon) {
        old.add(at);
      }
    }
    List<ChartEvent> forgotten = new ArrayList<>();
    for (Long at : old) {
      List<ChartEvent> events = remembered.get(at);
      forgotten.addAll(events == null ? List.of() : events);
      remembered.remove(at);
    }
    return forgotten;
  }

  @Override
  public @Nullable Panel newest(String code) throws Exception {
    return newest.get(code);
  }

  @Override
  public void newest(String code, Panel value) throws Exception {
    newest.put(code, value);
  }

  @Override
  public Collection<Panel> newest() throws Exception {
    List<Panel> all = new ArrayList<>();
    newest.values().forEach(all::add);
    return all;
  }
}
