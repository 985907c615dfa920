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
    return get(head::value);
  }

  @Override
  public void head(byte[] bytes) {
    put(() -> head.update(bytes));
  }

  @Override
  public byte @Nullable [] moment(long time) {
    return get(() -> unsettled.get(time));
  }

  @Override
  public void moment(long time, byte[] bytes) {
    put(() -> unsettled.put(time, bytes));
  }

  @Override
  public void removeMoment(long time) {
    put(() -> unsettled.remove(time));
  }

  @Override
  public byte @Nullable [] ring(String code) {
    return get(() -> history.get(code));
  }

  @Override
  public void ring(String code, byte[] bytes) {
    put(() -> history.put(code, bytes));
  }

  @Override
  public void clear() {
    head.clear();
    unsettled.clear();
    history.clear();
  }

  private interface Read {
    byte @Nullable [] run() throws Exception;
  }

  private interface Write {
    void run() throws Exception;
  }

  private static byte @Nullable [] get(Read read) {
    try {
      return read.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Exception e) {
      throw new IllegalStateException("keyed state can't be read", e);
    }
  }

  private static void put(Write write) {
    get(
        () -> {
          write.run();
          return null;
        });
  }
}
