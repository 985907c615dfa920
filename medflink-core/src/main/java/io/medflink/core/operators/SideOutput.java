// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.AlertEvent;
import io.medflink.core.Control;
import io.medflink.core.Explained;
import io.medflink.core.Movement;
import io.medflink.core.Panel;
import io.medflink.core.Rejected;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.util.OutputTag;

/** The side outputs, the same for every verb: {@code stream.getSideOutput(SideOutput.REJECTED)}. */
public final class SideOutput {

  /** What could not be used: one element for each observation or undecodable message. */
  public static final OutputTag<Rejected> REJECTED =
      new OutputTag<>("rejected", TypeInformation.of(Rejected.class));

  /** Panels whose moment can't be amended any more, as they came. */
  public static final OutputTag<Panel> LATE =
      new OutputTag<>("late", TypeInformation.of(Panel.class));

  /** Admissions, discharges, transfers and merges that messages told of. */
  public static final OutputTag<Movement> MOVEMENTS =
      new OutputTag<>("movements", TypeInformation.of(Movement.class));

  /** What people decided, where a format tells it. */
  public static final OutputTag<Control> CONTROLS =
      new OutputTag<>("controls", TypeInformation.of(Control.class));

  /** News for {@code RaiseAlerts} whose moment is closed, as it came. */
  public static final OutputTag<AlertEvent> LATE_NEWS =
      new OutputTag<>("late-news", TypeInformation.of(AlertEvent.class));

  /** Why assessments are as they are, of the patients that {@code Assess} was asked to explain. */
  public static final OutputTag<Explained> EXPLAINED =
      new OutputTag<>("explained", TypeInformation.of(Explained.class));

  private SideOutput() {}
}
