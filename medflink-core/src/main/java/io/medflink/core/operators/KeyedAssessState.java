// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.AssessState;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.jspecify.annotations.Nullable;

/** {@code Assess}'s state as keyed state. The names are part of every savepoint. */
final class KeyedAssessState implements AssessState {
  String patientId = "";

  private final ValueState<byte[]> head;
  private final MapState<Long, byte[]> unsettled;
  private final MapState<String, byte[]> history;

  KeyedAssessState(RuntimeContext context) {
    var bytes = PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO;
    head = context.getState(new ValueStateDescriptor<>("head", bytes));
    unsettled = context.getMapState(new MapStateDescriptor<>("unsettled", Types.LONG, bytes));
    history = context.getMapState(new MapStateDescriptor<>("history", Types.STRING, bytes));
  }

  @Override
  public String patientId() {
    return patientId;
  }

  @Override
  public byte @Nullable [] head() {
    try {
      return head.value();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void head(byte[] bytes) {
    try {
      head.update(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public byte @Nullable [] moment(long time) {
    return get(unsettled, time);
  }

  @Override
  public void moment(long time, byte[] bytes) {
    put(unsettled, time, bytes);
  }

  @Override
  public void removeMoment(long time) {
    try {
      unsettled.remove(time);
    } catch (Exception e) {
      throw unusable(e);
    }
  }

  @Override
  public byte @Nullable [] ring(String code) {
    return get(history, code);
  }

  @Override
  public void ring(String code, byte[] bytes) {
    put(history, code, bytes);
  }

  @Override
  public void clear() {
    head.clear();
    unsettled.clear();
    history.clear();
  }

  private static <K> byte @Nullable [] get(MapState<K, byte[]> state, K key) {
    try {
      return state.get(key);
    } catch (Exception e) {
      throw unusable(e);
    }
  }

  private static <K> void put(MapState<K, byte[]> state, K key, byte[] bytes) {
    try {
      state.put(key, bytes);
    } catch (Exception e) {
      throw unusable(e);
    }
  }

  private static RuntimeException unusable(Exception e) {
    return e instanceof IOException io
        ? new UncheckedIOException(io)
        : new IllegalStateException("keyed state can't be read or written", e);
  }
}
