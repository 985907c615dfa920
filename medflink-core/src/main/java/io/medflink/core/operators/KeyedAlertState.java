// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.Alert;
import io.medflink.core.AlertState;
import io.medflink.core.Control;
import java.util.List;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/** {@code RaiseAlerts}'s state as keyed state. The names are part of every savepoint. */
final class KeyedAlertState implements AlertState {
  String patientId = "";
  ForAll forAll = ForAll.NOTHING;

  private final ValueState<byte[]> head;
  private final MapState<Long, byte[]> stretches;

  KeyedAlertState(RuntimeContext context) {
    var bytes = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
    head = context.getState(new ValueStateDescriptor<>("alerts", bytes));
    stretches = context.getMapState(new MapStateDescriptor<>("stretches", Types.LONG, bytes));
  }

  private interface Access<T> {
    @Nullable T run() throws Exception;
  }

  private static <T> @Nullable T access(Access<T> access) {
    try {
      return access.run();
    } catch (Exception e) {
      throw new IllegalStateException("keyed state can't be read or written", e);
    }
  }

  @Override
  public String patientId() {
    return patientId;
  }

  @Override
  public byte @Nullable [] head() {
    return access(head::value);
  }

  @Override
  public void head(byte[] bytes) {
    access(
        () -> {
          head.update(bytes);
          return null;
        });
  }

  @Override
  public byte @Nullable [] stretch(long number) {
    return access(() -> stretches.get(number));
  }

  @Override
  public void stretch(long number, byte[] items) {
    access(
        () -> {
          stretches.put(number, items);
          return null;
        });
  }

  @Override
  public void removeStretch(long number) {
    access(
        () -> {
          stretches.remove(number);
          return null;
        });
  }

  @Override
  public void clear() {
    head.clear();
    stretches.clear();
  }

  @Override
  public List<Control> wardControls() {
    return forAll.controls();
  }

  @Override
  public List<Alert> lostFeeds() {
    return forAll.lost();
  }

  @Override
  public long end() {
    return forAll.end();
  }
}
