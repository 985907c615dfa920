// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import io.medflink.connectors.formats.MessageHeader;
import io.medflink.core.BadInputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.types.DataType;
import org.jspecify.annotations.Nullable;

/** Fields of MSH as metadata columns; null where the message doesn't tell, or has no MSH. */
final class Hl7v2Header implements MessageHeader {
  private static final long serialVersionUID = 1;

  /** A metadata column and where it stands. */
  enum Field {
    SENDING_APPLICATION(3),
    SENDING_FACILITY(4),
    RECEIVING_APPLICATION(5),
    RECEIVING_FACILITY(6),
    MESSAGE_TIME(7),
    MESSAGE_CODE(9),
    TRIGGER_EVENT(9),
    CONTROL_ID(10),
    PROCESSING_ID(11),
    VERSION(12);

    private final int number;

    Field(int number) {
      this.number = number;
    }

    /** As SQL names it, such as {@code control-id}. */
    String key() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Nullable String of(Er7Segment msh) {
      return this == TRIGGER_EVENT ? msh.text(number, 2) : msh.text(number, 1);
    }
  }

  @Override
  public Map<String, DataType> columns() {
    Map<String, DataType> columns = new LinkedHashMap<>();
    for (Field field : Field.values()) {
      columns.put(field.key(), DataTypes.STRING());
    }
    return columns;
  }

  @Override
  public List<byte[]> messages(byte[] payload) {
    return Er7Message.split(payload);
  }

  @Override
  public @Nullable Object[] values(byte[] message, List<String> keys) {
    @Nullable Object[] values = new @Nullable Object[keys.size()];
    Er7Segment msh;
    try {
      msh = Er7Message.of(message).msh();
    } catch (BadInputException e) {
      return values;
    }
    for (Field field : Field.values()) {
      int at = keys.indexOf(field.key());
      if (at >= 0) {
        values[at] = value(msh, field);
      }
    }
    return values;
  }

  private static @Nullable StringData value(Er7Segment msh, Field field) {
    try {
      return StringData.fromString(field.of(msh));
    } catch (BadInputException e) {
      return null;
    }
  }
}
