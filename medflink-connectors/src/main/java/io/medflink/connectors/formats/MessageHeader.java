// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.table.types.DataType;
import org.jspecify.annotations.Nullable;

/** What a format tells of a message beside its records: the metadata columns of a table. */
@Internal
public interface MessageHeader extends Serializable {

  /** Nothing: each payload is one message. */
  MessageHeader NONE =
      new MessageHeader() {
        private static final long serialVersionUID = 1;

        @Override
        public Map<String, DataType> columns() {
          return Map.of();
        }

        @Override
        public List<byte[]> messages(byte[] payload) {
          return List.of(payload);
        }

        @Override
        public @Nullable Object[] values(byte[] message, List<String> keys) {
          return new @Nullable Object[keys.size()];
        }
      };

  /** The metadata columns by their keys. */
  Map<String, DataType> columns();

  /** The messages of a payload, each with a header of its own. */
  List<byte[]> messages(byte[] payload);

  /** What a message's header tells for each key, as Flink's internal data; null for nothing. */
  @Nullable Object[] values(byte[] message, List<String> keys);
}
