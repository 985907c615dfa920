// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** State in maps, which counts its reads and writes. */
final class MapAssessState implements AssessState {
  byte @Nullable [] head;
  final Map<Long, byte[]> moments = new HashMap<>();
  final Map<String, byte[]> rings = new HashMap<>();
  int reads;
  int writes;

  boolean isEmpty() {
    return head == null && moments.isEmpty() && rings.isEmpty();
  }

  @Override
  public String patientId() {
    return "ward|1";
  }

  @Override
  public byte @Nullable [] head() {
    reads++;
    return head;
  }

  @Override
  public void head(byte[] bytes) {
    writes++;
    head = bytes;
  }

  @Override
  public byte @Nullable [] moment(long time) {
    reads++;
    return moments.get(time);
  }

  @Override
  public void moment(long time, byte[] bytes) {
    writes++;
    moments.put(time, bytes);
  }

  @Override
  public void removeMoment(long time) {
    writes++;
    moments.remove(time);
  }

  @Override
  public byte @Nullable [] ring(String code) {
    reads++;
    return rings.get(code);
  }

  @Override
  public void ring(String code, byte[] bytes) {
    writes++;
    rings.put(code, bytes);
  }

  @Override
  public void clear() {
    head = null;
    moments.clear();
    rings.clear();
  }
}
