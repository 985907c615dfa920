// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ReadableConfig;
import org.jspecify.annotations.Nullable;

/** {@link MllpOptions} of a sink, read and checked. */
record SinkSettings(
    Address address,
    Duration ackTimeout,
    Duration deadline,
    int inFlight,
    boolean skip,
    boolean plaintextAllowed,
    @Nullable Tls tls)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /**
   * Reads the options.
   *
   * @throws IllegalArgumentException for what can't be, naming the option
   */
  static SinkSettings of(ReadableConfig options) {
    List<String> addresses = SourceSettings.required(options, MllpOptions.ADDRESS);
    SourceSettings.check(addresses.size() == 1, MllpOptions.ADDRESS, "one to send to");
    SourceSettings.check(
        options.get(MllpOptions.IN_FLIGHT) >= 1, MllpOptions.IN_FLIGHT, "at least 1");
    return new SinkSettings(
        Address.of(addresses.get(0)),
        options.get(MllpOptions.ACK_TIMEOUT),
        options.get(MllpOptions.DEADLINE),
        options.get(MllpOptions.IN_FLIGHT),
        options.get(MllpOptions.ON_REFUSAL) == MllpOptions.OnRefusal.SKIP,
        options.get(MllpOptions.ALLOW_PLAINTEXT),
        SourceSettings.tls(options));
  }
}
