// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

/** Which of an input's values counts where the worst of a window is asked for. */
public enum Extreme {
  /** Less is worse. */
  LEAST,
  /** More is worse. */
  GREATEST
}
