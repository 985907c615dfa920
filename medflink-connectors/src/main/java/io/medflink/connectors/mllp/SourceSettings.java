// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import io.medflink.connectors.mllp.Acknowledgment.Codes;
import io.medflink.connectors.mllp.MllpOptions.OnConflict;
import io.medflink.connectors.mllp.MllpOptions.OnGap;
import java.io.Serializable;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ReadableConfig;
import org.jspecify.annotations.Nullable;

/** {@link MllpOptions} of a source, read and checked. */
record SourceSettings(
    List<Address> addresses,
    String journal,
    Journal.Limits limits,
    boolean continueOnGap,
    Answering answering,
    Intake.Rules rules,
    boolean plaintextAllowed,
    @Nullable Tls tls)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /**
   * Reads the options.
   *
   * @throws IllegalArgumentException for what can't be, naming the option
   */
  static SourceSettings of(ReadableConfig options) {
    List<Address> addresses = addresses(options);
    AckMode mode = options.get(MllpOptions.ACK_MODE);
    boolean original = options.get(MllpOptions.ACK_ORIGINAL);
    long bytes = options.get(MllpOptions.JOURNAL_SIZE).getBytes();
    long message = options.get(MllpOptions.MAX_MESSAGE).getBytes();
    check(message >= 1 && message <= 1 << 30, MllpOptions.MAX_MESSAGE, "from 1 byte to 1 GiB");
    check(bytes > message, MllpOptions.JOURNAL_SIZE, "more than one message");
    check(options.get(MllpOptions.DEDUP) >= 1, MllpOptions.DEDUP, "at least 1");
    check(options.get(MllpOptions.MAX_CONNECTIONS) >= 1, MllpOptions.MAX_CONNECTIONS, "at least 1");
    Tls tls = tls(options);
    if (tls != null) {
      new AllowList(tls.allow()); // so that a wrong entry is told at once
    }
    return new SourceSettings(
        addresses,
        required(options, MllpOptions.JOURNAL),
        new Journal.Limits(bytes, options.get(MllpOptions.DEDUP)),
        options.get(MllpOptions.JOURNAL_ON_GAP) == OnGap.CONTINUE,
        new Answering(
            mode,
            original ? Codes.ORIGINAL : Codes.BY_MESSAGE,
            (int) message,
            options.get(MllpOptions.MAX_CONNECTIONS),
            options.get(MllpOptions.READ_TIMEOUT),
            options.get(MllpOptions.IDLE_TIMEOUT)),
        new Intake.Rules(
            mode == AckMode.RECEIVED, options.get(MllpOptions.ON_CONFLICT) == OnConflict.DELIVER),
        options.get(MllpOptions.ALLOW_PLAINTEXT),
        tls);
  }

  private static List<Address> addresses(ReadableConfig options) {
    List<Address> addresses =
        required(options, MllpOptions.ADDRESS).stream().map(Address::of).toList();
    boolean distinct = addresses.stream().distinct().count() == addresses.size();
    boolean fixed = addresses.stream().allMatch(address -> address.port() > 0);
    check(!addresses.isEmpty() && distinct && fixed, MllpOptions.ADDRESS, "distinct, not port 0");
    return addresses;
  }

  /** The files of TLS; null where it is off. */
  static @Nullable Tls tls(ReadableConfig options) {
    return options.getOptional(MllpOptions.TLS_KEY_STORE).isEmpty()
        ? null
        : new Tls(
            options.get(MllpOptions.TLS_KEY_STORE),
            required(options, MllpOptions.TLS_TRUST_STORE),
            required(options, MllpOptions.TLS_PASSWORD_FILE),
            options.get(MllpOptions.TLS_ALLOW));
  }

  static <V> V required(ReadableConfig options, ConfigOption<V> option) {
    return options
        .getOptional(option)
        .orElseThrow(
            () -> new IllegalArgumentException("the option '" + option.key() + "' is needed"));
  }

  static void check(boolean holds, ConfigOption<?> option, String wanted) {
    if (!holds) {
      throw new IllegalArgumentException("the option '" + option.key() + "' must be: " + wanted);
    }
  }
}
