// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

import io.medflink.core.BadInputException;
import io.medflink.core.Decoder;
import io.medflink.core.Message;
import io.medflink.core.RejectCode;
import io.medflink.core.Rejected;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/** The rejects of one message: each names the message's position and digest. */
@Internal
public final class Rejects {
  private static final Rejected[] NONE = {};

  private final Message message;
  private final @Nullable String feed;
  private final Decoder.Out out;
  private @Nullable List<Rejected> found;
  private @Nullable String sha256;

  /** The rejects of a message of a feed. */
  public Rejects(Message message, @Nullable String feed, Decoder.Out out) {
    this.message = message;
    this.feed = feed;
    this.out = out;
  }

  /** Refuses the message or a part of it. */
  public void add(RejectCode code, @Nullable String field) {
    add(code, field, null, null, null, null);
  }

  /** Refuses a value, with what was sent as its code and unit. */
  public void add(
      RejectCode code,
      @Nullable String field,
      @Nullable String system,
      @Nullable String localCode,
      @Nullable String unit,
      @Nullable Instant time) {
    if (sha256 == null) {
      sha256 = BadInputException.sha256(message.payload());
    }
    if (found == null) {
      found = new ArrayList<>();
    }
    found.add(
        new Rejected(
            Rejected.Stage.DECODE,
            code,
            field,
            feed,
            system,
            localCode,
            unit,
            message.position(),
            time,
            null,
            sha256));
  }

  /**
   * Hands on what was found so far: apart from the reading, whose exceptions are its own.
   *
   * @return whether anything was found
   */
  public boolean flush() {
    if (found == null) {
      return false;
    }
    Rejected[] now = found.toArray(NONE);
    found = null;
    for (Rejected rejected : now) {
      out.rejected(rejected);
    }
    return true;
  }
}
