// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.feeds;

import java.io.Serializable;
import javax.security.auth.x500.X500Principal;
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

  /**
   * A subject in the one form in which it is compared.
   *
   * @throws IllegalArgumentException where it is none
   */
  static String subject(String text) {
    return new X500Principal(text).getName();
  }

  /** How much it says, 0 for nothing. */
  int weight() {
    return (application == null ? 0 : 2) + (facility == null ? 0 : 1);
  }
}
