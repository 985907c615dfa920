// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import io.medflink.connectors.mllp.Acknowledgment.Codes;
import java.io.Serializable;
import java.time.Duration;

/**
 * How connections are treated.
 *
 * @param mode when a message is acknowledged
 * @param codes by which codes
 * @param maxMessage bytes of a message
 * @param maxConnections open at once; more are closed
 * @param readTimeout for a handshake, for a message from its first byte to its last, and for the
 *     sender to take an answer
 * @param idleTimeout between messages
 */
record Answering(
    AckMode mode,
    Codes codes,
    int maxMessage,
    int maxConnections,
    Duration readTimeout,
    Duration idleTimeout)
    implements Serializable {
  private static final long serialVersionUID = 1;
}
