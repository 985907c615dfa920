// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.learned;

import io.medflink.core.RiskLevel;
import io.medflink.models.learned.CoefficientCard.Level;
import java.io.Serializable;
import java.util.List;

/** From which risk each level holds, checked once. */
final class RiskLevels implements Serializable {
  private static final long serialVersionUID = 1;

  private final double[] froms;
  private final RiskLevel[] levels;

  RiskLevels(List<Level> cards) {
    for (int i = 1; i < cards.size(); i++) {
      Level before = cards.get(i - 1);
      Level here = cards.get(i);
      String path = "levels[" + i + "].";
      LinearPredictor.check(path + "from", before.from() < here.from(), "does not rise");
      boolean worse = before.level().compareTo(here.level()) < 0;
      LinearPredictor.check(path + "level", worse, "does not rise");
    }
    LinearPredictor.check("levels[0].from", cards.isEmpty() || cards.get(0).from() == 0, "not 0");
    froms = cards.stream().mapToDouble(Level::from).toArray();
    levels = cards.stream().map(Level::level).toArray(RiskLevel[]::new);
  }

  RiskLevel of(double risk) {
    RiskLevel level = RiskLevel.UNKNOWN;
    for (int i = 0; i < froms.length; i++) {
      level = risk >= froms[i] ? levels[i] : level;
    }
    return level;
  }
}
