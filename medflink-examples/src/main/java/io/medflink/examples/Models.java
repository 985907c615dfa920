// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.core.RiskModel;
import io.medflink.models.RiskModels;
import io.medflink.models.learned.CoefficientCard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Models as users name them. */
final class Models {
  private Models() {}

  /**
   * By id, also with the underscores that the reference vectors write, by class name, or a model
   * card's file.
   */
  static RiskModel byId(String id) {
    try {
      if (id.endsWith(".json")) {
        return CoefficientCard.read(Files.readString(Path.of(id))).model();
      }
      return RiskModels.byId(id.indexOf('.') < 0 ? id.replace('_', '-') : id);
    } catch (IllegalArgumentException e) {
      String what = String.valueOf(e.getMessage());
      throw Failure.usage(id.endsWith(".json") ? id + ": " + what : what);
    } catch (IOException e) {
      throw Failure.usage("can't read the model card " + id);
    }
  }
}
