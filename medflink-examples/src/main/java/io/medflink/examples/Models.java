// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.core.RiskModel;
import io.medflink.models.RiskModels;

/** Models as users name them. */
final class Models {
  private Models() {}

  /** By id, also with the underscores that the reference vectors write, or by class name. */
  static RiskModel byId(String id) {
    try {
      return RiskModels.byId(id.indexOf('.') < 0 ? id.replace('_', '-') : id);
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    }
  }
}
