// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import io.medflink.core.Message;
import java.util.List;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.java.typeutils.ResultTypeQueryable;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.util.UserCodeClassLoader;

/**
 * Listens for HL7 v2 over MLLP, and acknowledges what is safe ({@link AckMode}). Messages go to a
 * journal first, and from it into the stream; a checkpoint holds how far, so that each acknowledged
 * message is in the stream's state once. Checkpoints have to be on: they empty the journal.
 *
 * <pre>{@code
 * env.fromSource(
 *     MllpSource.listen("127.0.0.1:2575").with(MllpOptions.JOURNAL, "/var/lib/ward").build(),
 *     WatermarkStrategy.noWatermarks(), "mllp").uid("mllp");
 * }</pre>
 *
 * <p>Each address is a split, read by one subtask: use as many subtasks as addresses, and give idle
 * ones {@code withIdleness}. The journal is a folder on a disk of the machine that has the address;
 * a checkpoint that is restored where it is absent fails the job, because acknowledged messages
 * would be missing. Repeated messages (same sender MSH-3 and MSH-4, control id MSH-10 and content)
 * are acknowledged again and not delivered again.
 *
 * @param <T> what messages become
 */
public final class MllpSource<T> implements Source<T, MllpSplit, Assigned>, ResultTypeQueryable<T> {
  private static final long serialVersionUID = 1;

  private final SourceSettings settings;
  private final Emission<T> emission;

  private MllpSource(SourceSettings settings, Emission<T> emission) {
    this.settings = settings;
    this.emission = emission;
  }

  /** Begins a source that listens on each of these, as {@code host:port}. */
  public static Builder listen(String... addresses) {
    Builder builder = new Builder();
    builder.options.set(MllpOptions.ADDRESS, List.of(addresses));
    return builder;
  }

  static <T> MllpSource<T> of(SourceSettings settings, Emission<T> emission) {
    return new MllpSource<>(settings, emission);
  }

  /** Collects the options of a source. */
  public static final class Builder {
    private final Configuration options = new Configuration();

    private Builder() {}

    /** Sets one of {@link MllpOptions}. */
    public <V> Builder with(ConfigOption<V> option, V value) {
      if (!MllpOptions.ofSource().contains(option)) {
        throw new IllegalArgumentException("no option of the source: " + option.key());
      }
      options.set(option, value);
      return this;
    }

    /**
     * A source of messages as they came; {@code Decode} makes panels of them.
     *
     * @throws IllegalArgumentException where an option is missing or wrong
     */
    public MllpSource<Message> build() {
      return new MllpSource<>(SourceSettings.of(options), new Emission.AsReceived());
    }

    /**
     * A source of what a format makes of the messages, with watermarks for each address.
     *
     * @throws IllegalArgumentException where an option is missing or wrong
     */
    public <T> MllpSource<T> build(DeserializationSchema<T> format) {
      return new MllpSource<>(SourceSettings.of(options), new Emission.Decoded<>(format));
    }
  }

  @Override
  public Boundedness getBoundedness() {
    return Boundedness.CONTINUOUS_UNBOUNDED;
  }

  @Override
  public SplitEnumerator<MllpSplit, Assigned> createEnumerator(
      SplitEnumeratorContext<MllpSplit> context) {
    return new MllpEnumerator(context, settings.addresses(), null);
  }

  @Override
  public SplitEnumerator<MllpSplit, Assigned> restoreEnumerator(
      SplitEnumeratorContext<MllpSplit> context, Assigned restored) {
    return new MllpEnumerator(context, settings.addresses(), restored);
  }

  @Override
  public StateSerializer<MllpSplit> getSplitSerializer() {
    return new StateSerializer<>(MllpSplit::write, MllpSplit::read);
  }

  @Override
  public StateSerializer<Assigned> getEnumeratorCheckpointSerializer() {
    return new StateSerializer<>(Assigned::write, Assigned::read);
  }

  @Override
  public SourceReader<T, MllpSplit> createReader(SourceReaderContext context) throws Exception {
    emission.open(
        new DeserializationSchema.InitializationContext() {
          @Override
          public MetricGroup getMetricGroup() {
            return context.metricGroup().addGroup("format");
          }

          @Override
          public UserCodeClassLoader getUserCodeClassLoader() {
            return context.getUserCodeClassLoader();
          }
        });
    return new MllpReader<>(settings, emission, context);
  }

  @Override
  public TypeInformation<T> getProducedType() {
    return emission.type();
  }
}
