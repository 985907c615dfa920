// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import io.medflink.core.Alert;
import io.medflink.core.Panel;
import io.medflink.core.RiskAssessment;
import io.medflink.core.Seal;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.base.sink.AsyncSinkBase;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Puts assessments, alerts or observations on a FHIR R4 server, in transaction bundles of
 * conditional updates: {@code PUT Flag?identifier=…}. At least once, and since the identifiers are
 * digests of what a resource is about, what is sent again changes nothing.
 *
 * <pre>{@code
 * alerts.sinkTo(
 *         FhirSink.to("https://fhir.example.org/r4")
 *             .with(FhirOptions.TOKEN_URL, "https://login.example.org/token")
 *             .with(FhirOptions.CLIENT_ID, "medflink")
 *             .with(FhirOptions.SECRET_FILE, "/run/secrets/fhir")
 *             .build(new FhirFlag()))
 *     .uid("fhir-flags");
 * }</pre>
 *
 * <p>A subtask has one bundle in flight and keeps its order; of a resource that changes while it
 * waits only the newest state is sent. With several subtasks all that is about a patient has to
 * come by the same one, as it does behind {@code keyBy}. What waits is in the checkpoint. Only the
 * writing goes out: the sink reads nothing from the server and follows no link.
 *
 * @param <T> what is put there
 */
public final class FhirSink<T> extends AsyncSinkBase<T, FhirUpdate> {
  private static final long serialVersionUID = 1;

  private final FhirUpdates<T> updates;
  private final FhirSettings settings;
  private final @Nullable Seal seal;

  FhirSink(FhirUpdates<T> updates, FhirSettings settings, @Nullable Seal seal) {
    super(
        FhirSink::oneByOne,
        settings.maxEntries(),
        1,
        10 * settings.maxEntries(),
        settings.maxBytes(),
        settings.maxDelay().toMillis(),
        settings.maxBytes());
    this.updates = updates;
    this.settings = settings;
    this.seal = seal;
  }

  /** The writer has a converter of its own. */
  private static <T> FhirUpdate oneByOne(T element, Object context) {
    throw new UnsupportedOperationException("an element may be several resources");
  }

  /** Begins a sink that writes to the server at this base address. */
  public static Builder to(String url) {
    Builder builder = new Builder();
    builder.options.set(FhirOptions.URL, url);
    return builder;
  }

  /** Collects the options of a sink. */
  public static final class Builder {
    private final Configuration options = new Configuration();
    private @Nullable Seal seal;

    private Builder() {}

    /** Sets one of {@link FhirOptions}. */
    public <V> Builder with(ConfigOption<V> option, V value) {
      if (!FhirOptions.ofSink().contains(option)) {
        throw new IllegalArgumentException("no option of the sink: " + option.key());
      }
      options.set(option, value);
      return this;
    }

    /** Adds the refused resource itself to its dead letter, sealed. */
    public Builder withSeal(Seal newSeal) {
      seal = newSeal;
      return this;
    }

    /**
     * A sink of assessments.
     *
     * @throws IllegalArgumentException where an option is missing or wrong
     */
    public FhirSink<RiskAssessment> build(FhirRiskAssessment format) {
      return new FhirSink<>(format::updates, FhirSettings.of(options), seal);
    }

    /**
     * A sink of alerts.
     *
     * @throws IllegalArgumentException where an option is missing or wrong
     */
    public FhirSink<Alert> build(FhirFlag format) {
      return new FhirSink<>(format::updates, FhirSettings.of(options), seal);
    }

    /**
     * A sink of observations.
     *
     * @throws IllegalArgumentException where an option is missing or wrong
     */
    public FhirSink<Panel> build(FhirObservations format) {
      return new FhirSink<>(format::updates, FhirSettings.of(options), seal);
    }
  }

  @Override
  public StatefulSinkWriter<T, BufferedRequestState<FhirUpdate>> createWriter(
      WriterInitContext context) throws IOException {
    return restoreWriter(context, List.of());
  }

  @Override
  public StatefulSinkWriter<T, BufferedRequestState<FhirUpdate>> restoreWriter(
      WriterInitContext context, Collection<BufferedRequestState<FhirUpdate>> states)
      throws IOException {
    FhirTally tally = FhirTally.of(context.metricGroup());
    String folder = settings.deadLetters();
    DeadLetters deadLetters =
        folder == null
            ? null
            : new DeadLetters(folder, seal, context.getTaskInfo().getIndexOfThisSubtask());
    FhirClient client = new FhirClient(settings, tally, deadLetters);
    return new FhirWriter<>(updates, settings, client, tally, context, states);
  }

  @Override
  public SimpleVersionedSerializer<BufferedRequestState<FhirUpdate>> getWriterStateSerializer() {
    return new FhirState();
  }
}
