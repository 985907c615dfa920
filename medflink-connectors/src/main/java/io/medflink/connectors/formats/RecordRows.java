// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

import io.medflink.core.Control;
import io.medflink.core.Movement;
import io.medflink.core.Panel;
import io.medflink.core.Rejected;
import java.io.Serializable;
import java.util.function.Consumer;
import org.apache.flink.table.data.RowData;

/** The records of a message as rows of one kind of table. */
interface RecordRows extends Serializable {
  void panel(Panel panel, Consumer<RowData> out);

  void movement(Movement movement, Consumer<RowData> out);

  default void control(Control control, Consumer<RowData> out) {}

  RowData row(Rejected rejected);
}
