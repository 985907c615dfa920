// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import io.medflink.core.AssessState;
import org.apache.flink.table.api.dataview.MapView;
import org.jspecify.annotations.Nullable;

/** The state of the current patient in a process table function's views. */
final class ViewState implements AssessState {
  private AssessPatients.Memory memory = new AssessPatients.Memory();
  private MapView<Long, byte[]> unsettled = new MapView<>();
  private MapView<String, byte[]> history = new MapView<>();

  void current(
      AssessPatients.Memory newMemory,
      MapView<Long, byte[]> newUnsettled,
      MapView<String, byte[]> newHistory) {
    memory = newMemory;
    unsettled = newUnsettled;
    history = newHistory;
  }

  @Override
  public String patientId() {
    return memory.patient == null ? "" : memory.patient;
  }

  @Override
  public byte @Nullable [] head() {
    return memory.head;
  }

  @Override
  public void head(byte[] head) {
    memory.head = head;
  }

  @Override
  public byte @Nullable [] moment(long time) {
    return get(() -> unsettled.get(time));
  }

  @Override
  public void moment(long time, byte[] moment) {
    put(() -> unsettled.put(time, moment));
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
  public void ring(String code, byte[] ring) {
    put(() -> history.put(code, ring));
  }

  @Override
  public void clear() {
    memory.head = null;
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
    } catch (Exception e) {
      throw new IllegalStateException("the patient's state can't be read", e);
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
