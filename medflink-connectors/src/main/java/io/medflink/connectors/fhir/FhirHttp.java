// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * POSTs and reads answers of up to 16 MiB. It follows no redirect and no link: what a server says
 * never makes it speak to another one. What the JDK's exceptions quote doesn't leave it.
 */
final class FhirHttp {
  private static final int MAX_ANSWER = 16 << 20;

  private final HttpClient http;
  private final Duration timeout;

  FhirHttp(FhirSettings settings) throws IOException {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(settings.requestTimeout());
    if (settings.tls() != null) {
      builder.sslContext(settings.tls().context());
    }
    this.http = builder.build();
    this.timeout = settings.requestTimeout();
  }

  /**
   * Asks once.
   *
   * @throws IOException where no whole answer came in time
   */
  FhirReply post(URI uri, Map<String, String> headers, byte[] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(timeout)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    CompletableFuture<HttpResponse<byte[]>> asked =
        http.sendAsync(request.build(), info -> new Limited());
    try {
      HttpResponse<byte[]> answer = asked.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return new FhirReply(
          answer.statusCode(),
          answer.headers().firstValue("Retry-After").orElse(null),
          answer.body());
    } catch (TimeoutException e) {
      throw new IOException("no answer in time");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      throw new IOException("no answer: " + (cause == null ? e : cause).getClass().getName());
    } finally {
      asked.cancel(true);
    }
  }

  /** Collects a body up to the limit. */
  private static final class Limited implements HttpResponse.BodySubscriber<byte[]> {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    @Override
    public CompletionStage<byte[]> getBody() {
      return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
      subscription = given;
      given.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      for (ByteBuffer buffer : buffers) {
        byte[] part = new byte[buffer.remaining()];
        buffer.get(part);
        bytes.writeBytes(part);
      }
      if (bytes.size() > MAX_ANSWER && subscription != null) {
        subscription.cancel();
        body.completeExceptionally(new IOException("an answer of more than 16 MiB"));
      }
    }

    @Override
    public void onError(Throwable failure) {
      body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      body.complete(bytes.toByteArray());
    }
  }
}
