// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.io.IOException;

/** The journal doesn't hold what was acknowledged; a person has to decide. */
final class JournalDamagedException extends IOException {
  private static final long serialVersionUID = 1;

  JournalDamagedException(String message) {
    super(message);
  }
}
