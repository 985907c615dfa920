// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;

/**
 * Says at once that nobody need wait for this stream.
 *
 * @param <E> its elements
 */
final class Silent<E> implements WatermarkGenerator<E> {
  @Override
  public void onEvent(E event, long time, WatermarkOutput output) {
    output.markIdle();
  }

  @Override
  public void onPeriodicEmit(WatermarkOutput output) {
    output.markIdle();
  }
}
