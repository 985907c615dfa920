// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import io.medflink.core.Input;
import io.medflink.core.Vital;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The vital signs that thresholds and trends watch by id, such as {@code oxygen-saturation}. */
enum WatchedVital {
  HEART_RATE("hr", Vital.HEART_RATE, 1),
  RESPIRATORY_RATE("rr", Vital.RESPIRATORY_RATE, 1),
  OXYGEN_SATURATION("spo2", Vital.OXYGEN_SATURATION, 1),
  SYSTOLIC_PRESSURE("sbp", Vital.SYSTOLIC_PRESSURE, 1),
  DIASTOLIC_PRESSURE("dbp", Vital.DIASTOLIC_PRESSURE, 1),
  MEAN_PRESSURE("map", Vital.MEAN_PRESSURE, 1),
  BODY_TEMPERATURE("temp_c", Vital.BODY_TEMPERATURE, 0.1);

  private final String input;
  private final Vital vital;

  /** The least difference that it can show, in its unit. */
  final double resolution;

  WatchedVital(String input, Vital vital, double resolution) {
    this.input = input;
    this.vital = vital;
    this.resolution = resolution;
  }

  /** By its name in ids; null where there is none. */
  static @Nullable WatchedVital of(String name) {
    for (WatchedVital watched : values()) {
      if (watched.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name)) {
        return watched;
      }
    }
    return null;
  }

  Input input() {
    return Input.of(input, vital);
  }
}
