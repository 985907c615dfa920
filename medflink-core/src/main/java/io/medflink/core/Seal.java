// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.Serializable;

/**
 * Encrypts a rejected payload so that only those who may mend it can read it. {@code
 * io.medflink.core.security} implements it; an application may bring its own.
 */
@FunctionalInterface
public interface Seal extends Serializable {

  /**
   * Seals a payload.
   *
   * @param payload the message as received
   * @param associated what the sealed bytes are bound to, such as the message's digest
   * @return bytes that tell nothing without the key
   */
  byte[] seal(byte[] payload, byte[] associated);
}
