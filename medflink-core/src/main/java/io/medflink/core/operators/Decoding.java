// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.BadInputException;
import io.medflink.core.Control;
import io.medflink.core.Decoder;
import io.medflink.core.Message;
import io.medflink.core.Movement;
import io.medflink.core.Panel;
import io.medflink.core.RejectCode;
import io.medflink.core.Rejected;
import io.medflink.core.Seal;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A decoder that never throws for bad input, even where its library does, and whose rejects have
 * position, digest and sealed payload.
 */
final class Decoding implements Serializable {
  private static final long serialVersionUID = 1;

  private final Decoder decoder;
  private final @Nullable Seal seal;

  Decoding(Decoder decoder, @Nullable Seal seal) {
    this.decoder = decoder;
    this.seal = seal;
  }

  /** What downstream throws goes through; what the decoder throws is a reject. */
  @SuppressWarnings("UnusedException") // it quotes what it read
  void decode(Message message, Decoder.Out out) {
    Downstream downstream = new Downstream(message, out);
    RejectCode code;
    String field = null;
    try {
      decoder.decode(message, downstream);
      return;
    } catch (BadInputException e) {
      code = e.code();
      field = e.field();
    } catch (RuntimeException | StackOverflowError e) {
      code = RejectCode.UNDECODABLE;
    }
    downstream.rethrow();
    downstream.rejected(
        new Rejected(
            Rejected.Stage.DECODE, code, field, null, null, null, null, null, null, null, null));
  }

  /** The outputs of one message. */
  private final class Downstream implements Decoder.Out {
    private final Message message;
    private final Decoder.Out out;
    private @Nullable RuntimeException failure;
    private @Nullable String sha256;
    private byte @Nullable [] payload;

    Downstream(Message message, Decoder.Out out) {
      this.message = message;
      this.out = out;
    }

    // Our source knows when it took the message in; what the sender says of it never overrules it.

    @Override
    public void panel(Panel panel) {
      Instant received = message.received();
      accept(out::panel, received == null ? panel : panel.withReceived(received));
    }

    @Override
    public void movement(Movement movement) {
      Instant received = message.received();
      accept(out::movement, received == null ? movement : movement.withReceived(received));
    }

    @Override
    public void control(Control control) {
      accept(out::control, control);
    }

    @Override
    public void ignored(String what) {
      accept(out::ignored, what);
    }

    @Override
    public void rejected(Rejected r) {
      if (sha256 == null) {
        sha256 = BadInputException.sha256(message.payload());
        payload =
            seal == null
                ? null
                : seal.seal(message.payload(), sha256.getBytes(StandardCharsets.US_ASCII));
      }
      accept(
          out::rejected,
          new Rejected(
              r.stage(),
              r.code(),
              r.field(),
              r.feed(),
              r.localSystem(),
              r.localCode(),
              r.localUnit(),
              r.position() == null ? message.position() : r.position(),
              r.time(),
              r.payload() == null ? payload : r.payload(),
              r.sha256() == null ? sha256 : r.sha256()));
    }

    private <T> void accept(Consumer<T> consumer, T element) {
      try {
        consumer.accept(element);
      } catch (RuntimeException e) {
        failure = e;
        throw e;
      }
    }

    void rethrow() {
      if (failure != null) {
        throw failure;
      }
    }
  }
}
