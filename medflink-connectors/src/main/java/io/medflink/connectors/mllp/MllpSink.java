// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import io.medflink.core.Message;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * Sends HL7 v2 over MLLP, and waits until each message is acknowledged under its control id
 * (MSH-10, which each needs). At least once: what was not acknowledged when a checkpoint's job
 * failed is sent again, and a receiver tells it by its control id. The order of one subtask is kept
 * while one message is in flight, the default.
 *
 * <pre>{@code
 * messages.sinkTo(MllpSink.to("127.0.0.1:2575").build()).uid("mllp-out");
 * }</pre>
 *
 * <p>AA and CA accept (CA alone where MSH-16 asks for nothing). AR, CE, silence and a broken
 * connection are tried again until the deadline; AE and CR refuse for good. What is given up fails
 * the job or is counted ({@link MllpOptions#ON_REFUSAL}).
 *
 * @param <T> what is sent
 */
public final class MllpSink<T> implements Sink<T> {
  private static final long serialVersionUID = 1;

  private final SinkSettings settings;
  private final SerializationSchema<T> format;

  MllpSink(SinkSettings settings, SerializationSchema<T> format) {
    this.settings = settings;
    this.format = format;
  }

  /** Begins a sink that sends to {@code host:port}. */
  public static Builder to(String address) {
    Builder builder = new Builder();
    builder.options.set(MllpOptions.ADDRESS, List.of(address));
    return builder;
  }

  /** Collects the options of a sink. */
  public static final class Builder {
    private final Configuration options = new Configuration();

    private Builder() {}

    /** Sets one of {@link MllpOptions}. */
    public <V> Builder with(ConfigOption<V> option, V value) {
      if (!MllpOptions.ofSink().contains(option)) {
        throw new IllegalArgumentException("no option of the sink: " + option.key());
      }
      options.set(option, value);
      return this;
    }

    /**
     * A sink of messages as they are.
     *
     * @throws IllegalArgumentException where an option is missing or wrong
     */
    public MllpSink<Message> build() {
      return build(Message::payload);
    }

    /**
     * A sink of what a format writes as messages.
     *
     * @throws IllegalArgumentException where an option is missing or wrong
     */
    public <T> MllpSink<T> build(SerializationSchema<T> format) {
      return new MllpSink<>(SinkSettings.of(options), format);
    }
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) throws IOException {
    try {
      format.open(context.asSerializationSchemaInitializationContext());
    } catch (Exception e) {
      throw new IOException("the format could not be opened: " + e.getClass().getName());
    }
    MllpClient client =
        new MllpClient(settings, context.metricGroup().addGroup("medflink").addGroup("mllp"));
    return new SinkWriter<>() {
      @Override
      public void write(T element, Context of) throws IOException, InterruptedException {
        client.send(format.serialize(element));
        context.metricGroup().getNumRecordsSendCounter().inc();
      }

      @Override
      public void flush(boolean endOfInput) throws IOException, InterruptedException {
        client.flush();
      }

      @Override
      public void close() throws IOException {
        client.close();
      }
    };
  }
}
