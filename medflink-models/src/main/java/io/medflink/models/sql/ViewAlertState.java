// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import io.medflink.core.Alert;
import io.medflink.core.AlertState;
import io.medflink.core.Control;
import io.medflink.core.Holds;
import java.util.List;
import org.apache.flink.table.api.dataview.MapView;
import org.jspecify.annotations.Nullable;

/** The alerts' state of the current patient of a partition, in a process table function's view. */
final class ViewAlertState implements AlertState {
  private String patient = "";
  private MapView<String, byte[]> patients = new MapView<>();
  private List<Control> controls = List.of();

  void current(
      String newPatient, MapView<String, byte[]> newPatients, byte @Nullable [] newControls) {
    patient = newPatient;
    patients = newPatients;
    controls = Holds.read(newControls);
  }

  private interface Access {
    byte @Nullable [] run() throws Exception;
  }

  private static byte @Nullable [] access(Access access) {
    try {
      return access.run();
    } catch (Exception e) {
      throw new IllegalStateException("the patient's state can't be read or written", e);
    }
  }

  private void put(String part, byte @Nullable [] bytes) {
    access(
        () -> {
          if (bytes == null) {
            patients.remove(part + patient);
          } else {
            patients.put(part + patient, bytes);
          }
          return null;
        });
  }

  @Override
  public String patientId() {
    return patient;
  }

  @Override
  public byte @Nullable [] head() {
    return access(() -> patients.get("head " + patient));
  }

  @Override
  public void head(byte[] head) {
    put("head ", head);
  }

  @Override
  public byte @Nullable [] stretch(long number) {
    return access(() -> patients.get(number + " " + patient));
  }

  @Override
  public void stretch(long number, byte[] items) {
    put(number + " ", items);
  }

  @Override
  public void removeStretch(long number) {
    put(number + " ", null);
  }

  /** The core forgets a patient of whom no stretch is left. */
  @Override
  public void clear() {
    put("head ", null);
  }

  @Override
  public List<Control> wardControls() {
    return controls;
  }

  @Override
  public List<Alert> lostFeeds() {
    return List.of();
  }

  @Override
  public long end() {
    return Long.MIN_VALUE;
  }
}
