// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriter;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;
import org.apache.flink.connector.base.sink.writer.ElementConverter;
import org.apache.flink.connector.base.sink.writer.ResultHandler;
import org.apache.flink.connector.base.sink.writer.config.AsyncSinkWriterConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * Collects resources into bundles, one in flight. The client's own loop sends again what failed:
 * nothing goes back into Flink's buffer, where a newer one may be, and Flink's own timeout comes
 * after the loop's deadline, so that a bundle is never in flight twice.
 */
final class FhirWriter<T> extends AsyncSinkWriter<T, FhirUpdate> {
  /** Hands on what an element was turned into; an element may be several resources. */
  private static final class Turned<T> implements ElementConverter<T, FhirUpdate> {
    private static final long serialVersionUID = 1;
    private transient @Nullable FhirUpdate next;

    @Override
    public FhirUpdate apply(T element, SinkWriter.Context context) {
      if (next == null) {
        throw new IllegalStateException("nothing to hand on");
      }
      return next;
    }
  }

  private final Turned<T> turned;
  private final FhirUpdates<T> updates;
  private final FhirSettings settings;
  private final FhirClient client;
  private final ExecutorService sender;

  FhirWriter(
      FhirUpdates<T> updates,
      FhirSettings settings,
      FhirClient client,
      FhirTally tally,
      WriterInitContext context,
      Collection<BufferedRequestState<FhirUpdate>> states) {
    this(
        new Turned<>(),
        new FhirBuffer(settings.maxBytes(), tally.replaced()),
        updates,
        settings,
        client,
        context,
        states);
  }

  private FhirWriter(
      Turned<T> turned,
      FhirBuffer buffer,
      FhirUpdates<T> updates,
      FhirSettings settings,
      FhirClient client,
      WriterInitContext context,
      Collection<BufferedRequestState<FhirUpdate>> states) {
    super(turned, context, configuration(settings), states, buffer, buffer);
    this.turned = turned;
    this.updates = updates;
    this.settings = settings;
    this.client = client;
    String name = "fhir-sink-" + context.getTaskInfo().getIndexOfThisSubtask();
    this.sender =
        Executors.newSingleThreadExecutor(
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  private static AsyncSinkWriterConfiguration configuration(FhirSettings settings) {
    return AsyncSinkWriterConfiguration.builder()
        .setMaxBatchSize(settings.maxEntries())
        .setMaxBatchSizeInBytes(settings.maxBytes())
        .setMaxInFlightRequests(1)
        .setMaxBufferedRequests(10 * settings.maxEntries())
        .setMaxTimeInBufferMS(settings.maxDelay().toMillis())
        .setMaxRecordSizeInBytes(settings.maxBytes())
        .setRequestTimeoutMS(settings.longest().toMillis())
        .setFailOnTimeout(true)
        .build();
  }

  @Override
  public void write(T element, Context context) throws IOException, InterruptedException {
    List<FhirUpdate> resources = new ArrayList<>();
    try {
      updates.of(element, resources::add);
    } catch (BadInputException e) {
      client.refuse(null, e.code(), e.field());
      return;
    }
    for (FhirUpdate update : resources) {
      if (update.size() > settings.maxBytes()) {
        client.refuse(update, RejectCode.TOO_LARGE, null);
      } else {
        turned.next = update;
        super.write(element, context);
      }
    }
  }

  @Override
  protected long getSizeInBytes(FhirUpdate update) {
    return update.size();
  }

  @Override
  protected void submitRequestEntries(List<FhirUpdate> bundle, ResultHandler<FhirUpdate> result) {
    sender.execute(
        () -> {
          try {
            client.send(bundle);
            result.complete();
          } catch (IOException e) {
            result.completeExceptionally(e);
          } catch (RuntimeException | Error e) {
            result.completeExceptionally(new IOException("sending failed: " + e.getClass()));
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the task ends: a restart begins at its checkpoint
          }
        });
  }

  @Override
  public void close() {
    sender.shutdownNow();
    client.close();
  }
}
