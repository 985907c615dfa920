// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.core.RiskModel;
import io.medflink.models.RiskModels;

/** Models as users name them. */
final class Models {
  private Models() {}

  /**
   * By id, also with the underscores that the reference vectors write, by class name, or a model
   * card's file.
   */
  static RiskModel byId(String id) {
    try {
      boolean own = id.indexOf('.') >= 0;
      return RiskModels.byId(own ? id : id.replace('_', '-'));
    } catch (IllegalArgumentException e) {
      throw Failure.usage(String.valueOf(e.getMessage()));
    }
  }
}
