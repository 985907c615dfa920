// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import io.medflink.core.RejectCode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends bundles until the server has taken or refused them, one after the other.
 *
 * <p>Silence, broken connections, 408, 425, 429 and 5xx are tried again, each time later, at least
 * by what Retry-After asks, until the deadline; then the job fails and begins again at its last
 * checkpoint. 400, 409 (five times), 410, 412, 413, 414 and 422 are the resources' fault: the
 * bundle is halved until the one is found that is refused. Any other answer, such as 401, 404 or a
 * redirect, is the configuration's fault and fails the job.
 */
final class FhirClient {
  private static final Duration FIRST_WAIT = Duration.ofMillis(200);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
  private static final int CONFLICTS = 5;

  private final FhirSettings settings;
  private final FhirTally tally;
  private final FhirHttp http;
  private final @Nullable FhirToken token;
  private final @Nullable DeadLetters deadLetters;

  FhirClient(FhirSettings settings, FhirTally tally, @Nullable DeadLetters deadLetters)
      throws IOException {
    this.settings = settings;
    this.tally = tally;
    this.deadLetters = deadLetters;
    this.http = new FhirHttp(settings);
    this.token = settings.oauth() == null ? null : new FhirToken(settings.oauth(), http);
  }

  /**
   * Sends a bundle.
   *
   * @throws IOException where the server neither took nor refused it until the deadline, doesn't
   *     let us in, or refuses a resource and refusals are to fail
   */
  void send(List<FhirUpdate> updates) throws IOException, InterruptedException {
    byte[] bundle = FhirBundle.of(updates);
    FhirReply refused = exchange(bundle, updates.size());
    if (refused == null) {
      tally.sent().inc(updates.size());
      tally.sentBytes().inc(bundle.length);
      tally.bundles().inc();
    } else if (updates.size() == 1) {
      String said = (refused.status() + " " + String.join(",", FhirBundle.issues(refused.body())));
      refuse(updates.get(0), RejectCode.REFUSED_BY_SERVER, said.strip());
    } else {
      int half = updates.size() / 2;
      send(updates.subList(0, half));
      send(updates.subList(half, updates.size()));
    }
  }

  /** Null once the server has taken the bundle, else its refusal. */
  private @Nullable FhirReply exchange(byte[] bundle, int entries)
      throws IOException, InterruptedException {
    Instant deadline = Instant.now().plus(settings.deadline());
    boolean renewed = false;
    int conflicts = 0;
    for (int attempt = 0; ; attempt++) {
      Duration wait = Duration.ZERO;
      String fault;
      try {
        FhirReply reply = http.post(settings.url(), headers(), bundle);
        int status = reply.status();
        if (status == 200 && FhirBundle.done(reply.body()) == entries) {
          return null;
        } else if (status == 401 && token != null && !renewed) {
          renewed = true;
          token.forget();
          continue;
        } else if (isRefusal(status) && (status != 409 || ++conflicts == CONFLICTS)) {
          return reply;
        } else if (!isPassing(status)) {
          throw new BadAnswerException(status);
        }
        tally.throttled().inc(status == 429 || status == 503 ? 1 : 0);
        wait = reply.wait(Instant.now());
        fault = status == 200 ? "200 without a transaction's answer" : "" + status;
      } catch (BadAnswerException e) {
        throw e;
      } catch (IOException e) {
        fault = String.valueOf(e.getMessage());
      }
      pause(attempt, wait, deadline, fault);
      tally.retries().inc();
    }
  }

  private static boolean isRefusal(int status) {
    return switch (status) {
      case 400, 409, 410, 412, 413, 414, 422 -> true;
      default -> false;
    };
  }

  private static boolean isPassing(int status) {
    return switch (status) {
      case 200, 408, 409, 425, 429 -> true;
      case 501, 505 -> false;
      default -> status >= 500;
    };
  }

  private Map<String, String> headers() throws IOException, InterruptedException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/fhir+json; charset=UTF-8");
    headers.put("Accept", "application/fhir+json");
    headers.put("Prefer", "return=minimal");
    if (token != null) {
      tally.tokens().inc(token.isDue() ? 1 : 0);
      headers.put("Authorization", "Bearer " + token.get());
    }
    return headers;
  }

  /** Waits, the longer the oftener it failed, but not beyond the deadline. */
  private static void pause(int attempt, Duration asked, Instant deadline, String fault)
      throws IOException, InterruptedException {
    long grown = FIRST_WAIT.toMillis() << Math.min(attempt, 10);
    long most = Math.min(grown, LONGEST_WAIT.toMillis());
    long wait =
        Math.max(asked.toMillis(), ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    if (!Instant.now().plusMillis(wait).isBefore(deadline)) {
      throw new IOException("the FHIR server didn't take a bundle until the deadline: " + fault);
    }
    TimeUnit.MILLISECONDS.sleep(wait);
  }

  /**
   * Leaves a resource out, told in a dead letter.
   *
   * @param update null where an element could not be written
   * @throws IOException where refusals are to fail
   */
  synchronized void refuse(@Nullable FhirUpdate update, RejectCode code, @Nullable String said)
      throws IOException {
    if (deadLetters == null) {
      throw new IOException(
          (update == null ? "an element can't be written as FHIR: " : update.type() + " refused: ")
              + code
              + (said == null ? "" : " " + said)
              + (update == null ? "" : " (SHA-256 " + update.sha256().substring(0, 8) + "…)")
              + ": "
              + code.mend());
    }
    deadLetters.add(update, code, said);
    tally.errors().inc();
  }

  void close() {
    if (deadLetters != null) {
      deadLetters.close();
    }
  }

  /** An answer that will be the same next time. */
  private static final class BadAnswerException extends IOException {
    private static final long serialVersionUID = 1;

    BadAnswerException(int status) {
      super(
          "the FHIR server answers "
              + status
              + (status >= 300 && status < 400 ? ", a redirect, which is never followed" : ""));
    }
  }
}
