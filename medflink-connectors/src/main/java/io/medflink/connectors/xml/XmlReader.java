// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.xml;

import io.medflink.connectors.formats.ObservationFormat.OnReject;
import io.medflink.connectors.xml.XmlValue.Nested;
import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of documents. A document that can't be read to its end is refused before its first
 * row; a row with a fault is refused alone.
 *
 * @param rows finds them
 * @param columns reads one
 * @param positions of the columns in the row produced
 * @param rejects the positions of {@code reject_code}, {@code reject_field} and {@code
 *     reject_sha256} in the row produced, -1 where it has none
 * @param width of the row produced
 */
record XmlReader(
    XmlRows rows,
    Nested columns,
    int[] positions,
    int[] rejects,
    int width,
    OnReject onReject,
    TypeInformation<RowData> type)
    implements DeserializationSchema<RowData> {

  @Override
  public RowData deserialize(byte[] message) {
    throw new UnsupportedOperationException("a document has any number of rows");
  }

  @Override
  public void deserialize(byte @Nullable [] message, Collector<RowData> out) {
    // Kafka hands on a record without a value as null: it is refused like an empty one.
    byte[] document = message == null ? new byte[0] : message;
    int[] count = {0};
    try {
      rows.prove(document);
    } catch (BadInputException e) {
      out.collect(reject(e.code(), e.field(), document));
      return;
    }
    rows.read(document, node -> out.collect(row(node, count[0]++, document)));
  }

  private RowData row(XmlNode node, int number, byte[] document) {
    GenericRowData read;
    try {
      read = columns.row(node);
    } catch (BadInputException e) {
      return reject(e.code(), "row[" + number + "]." + e.field(), document);
    }
    GenericRowData row = new GenericRowData(width);
    for (int i = 0; i < positions.length; i++) {
      row.setField(positions[i], read.getField(i));
    }
    return row;
  }

  private RowData reject(RejectCode code, @Nullable String field, byte[] document) {
    String sha256 = BadInputException.sha256(document);
    if (onReject == OnReject.FAIL) {
      throw new BadInputException(code, field, null, sha256);
    }
    GenericRowData row = new GenericRowData(width);
    String[] told = {code.name(), field, sha256};
    for (int i = 0; i < rejects.length; i++) {
      if (rejects[i] >= 0) {
        row.setField(rejects[i], StringData.fromString(told[i]));
      }
    }
    return row;
  }

  @Override
  public boolean isEndOfStream(RowData next) {
    return false;
  }

  @Override
  public TypeInformation<RowData> getProducedType() {
    return type;
  }
}
