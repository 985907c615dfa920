// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import io.medflink.connectors.formats.ObservationFormat;
import io.medflink.core.Panel;
import java.util.function.Consumer;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.util.function.SerializableFunction;

/** Rows with the columns of observations as Observations. */
record PanelRows(SerializableFunction<RowData, Panel> reader, FhirObservations format)
    implements FhirUpdates<RowData> {
  private static final long serialVersionUID = 1;

  static PanelRows of(DataType table, FhirObservations format) {
    return new PanelRows(ObservationFormat.reading(table), format);
  }

  @Override
  public void of(RowData row, Consumer<FhirUpdate> out) {
    format.updates(reader.apply(row), out);
  }
}
