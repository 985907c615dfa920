// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.feeds;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How a sender is known; null is any.
 *
 * @param application MSH-3, its namespace or universal id
 * @param facility MSH-4, its namespace or universal id
 * @param certificate the subject of its client certificate (RFC 2253)
 */
public record Sender(
    @Nullable String application, @Nullable String facility, @Nullable String certificate)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** How much it says, 0 for nothing. */
  int weight() {
    return (application == null ? 0 : 2) + (facility == null ? 0 : 1);
  }
}
