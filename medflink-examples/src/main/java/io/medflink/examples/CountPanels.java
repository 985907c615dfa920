// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.core.Panel;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;

/** Counts panels, which the books don't: they count observations. */
final class CountPanels extends RichMapFunction<Panel, Panel> {
  private static final long serialVersionUID = 1;

  /** The accumulator's name. */
  static final String PANELS = "replay.panels";

  private transient LongCounter panels;

  @Override
  public void open(OpenContext context) {
    panels = getRuntimeContext().getLongCounter(PANELS);
  }

  @Override
  public Panel map(Panel panel) {
    panels.add(1);
    return panel;
  }
}
