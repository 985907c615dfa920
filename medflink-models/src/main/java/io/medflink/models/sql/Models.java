// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import io.medflink.core.Input;
import io.medflink.core.RiskModel;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.types.DataType;

/** What SQL needs to know of a model's inputs. */
final class Models {
  private Models() {}

  /** Whether one row can hold all that the model looks at. */
  static boolean isOfLatestValues(RiskModel model) {
    return model.card().inputs().stream().allMatch(input -> input.history() == null);
  }

  /** The inputs by all their names in order: each one's own, then its aliases. */
  static Map<String, Input> byName(RiskModel model) {
    Map<String, Input> names = new LinkedHashMap<>();
    for (Input input : model.card().inputs()) {
      names.put(input.name(), input);
      input.aliases().forEach(alias -> names.put(alias.name(), input));
    }
    return names;
  }

  /** Numbers are DOUBLE, codes STRING, yes or no BOOLEAN. */
  static DataType type(Input input) {
    if (input.isYesNo()) {
      return DataTypes.BOOLEAN();
    }
    return input.codes().isEmpty() ? DataTypes.DOUBLE() : DataTypes.STRING();
  }
}
