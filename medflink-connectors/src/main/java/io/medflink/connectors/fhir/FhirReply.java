// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * What a server answers.
 *
 * @param status HTTP's
 * @param retryAfter the header Retry-After as sent
 * @param body at most so much as is read of an answer
 */
record FhirReply(int status, @Nullable String retryAfter, byte[] body) {

  /** How long the server asks to wait: seconds or a date (RFC 9110 10.2.3); none is zero. */
  Duration wait(Instant now) {
    if (retryAfter == null) {
      return Duration.ZERO;
    } else if (retryAfter.matches("\\d{1,9}")) {
      return Duration.ofSeconds(Long.parseLong(retryAfter));
    }
    try {
      Instant until =
          ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      return until.isAfter(now) ? Duration.between(now, until) : Duration.ZERO;
    } catch (DateTimeException e) {
      return Duration.ZERO;
    }
  }

  /** The status; never the body. */
  @Override
  public String toString() {
    return "FhirReply[" + status + "]";
  }
}
