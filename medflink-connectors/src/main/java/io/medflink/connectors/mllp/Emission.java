// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import io.medflink.core.Message;
import io.medflink.core.operators.MessageDeserializationSchema;
import java.io.IOException;
import java.io.Serializable;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.SourceOutput;
import org.apache.flink.util.Collector;

/** What the source makes of a message. Its time is when it was received. */
interface Emission<T> extends Serializable {
  void open(DeserializationSchema.InitializationContext context) throws Exception;

  void emit(Message message, SourceOutput<T> out) throws Exception;

  TypeInformation<T> type();

  /** Messages as they came. */
  record AsReceived() implements Emission<Message> {
    private static final long serialVersionUID = 1;

    @Override
    public void open(DeserializationSchema.InitializationContext context) {}

    @Override
    public void emit(Message message, SourceOutput<Message> out) {
      out.collect(message, millis(message));
    }

    @Override
    public TypeInformation<Message> type() {
      return TypeInformation.of(Message.class);
    }
  }

  /** What a format makes of them. */
  record Decoded<T>(DeserializationSchema<T> format) implements Emission<T> {
    private static final long serialVersionUID = 1;

    @Override
    public void open(DeserializationSchema.InitializationContext context) throws Exception {
      format.open(context);
    }

    @Override
    public void emit(Message message, SourceOutput<T> out) throws Exception {
      read(format, message, collector(message, out));
    }

    @Override
    public TypeInformation<T> type() {
      return format.getProducedType();
    }
  }

  /** Reads a message by a format, with what the source knows of it where the format takes that. */
  static <T> void read(DeserializationSchema<T> format, Message message, Collector<T> out)
      throws IOException {
    if (format instanceof MessageDeserializationSchema<T> whole) {
      whole.read(message, out);
    } else {
      format.deserialize(message.payload(), out);
    }
  }

  static <T> Collector<T> collector(Message message, SourceOutput<T> out) {
    return new Collector<>() {
      @Override
      public void collect(T record) {
        out.collect(record, millis(message));
      }

      @Override
      public void close() {}
    };
  }

  private static long millis(Message message) {
    return message.received() == null ? Long.MIN_VALUE : message.received().toEpochMilli();
  }
}
