// SPDX-License-Identifier: Apache-2.0
package io.medflink.bench;

/** NEWS2 as one writes it by hand: the same rounding, tables and triggers, in if and else. */
final class IfElseNews2 {
  /** Under 16. */
  static final int NOT_APPLICABLE = -1;

  /** The score is {@code result & 31}, the level {@code result >> 5}: low, low-medium, … */
  static final int LEVEL = 5;

  private IfElseNews2() {}

  static int assess(
      double respiration,
      double saturation,
      boolean oxygen,
      double pressure,
      double pulse,
      double mind,
      double temperature,
      boolean scale2,
      boolean confusionIsNew,
      double age) {
    if (age < 16) {
      return NOT_APPLICABLE;
    }
    int rr = respiration(Math.floor(respiration + 0.5));
    double percent = Math.floor(saturation + 0.5);
    int spo2 = scale2 ? saturation2(percent, oxygen) : saturation(percent);
    int sbp = pressure(Math.floor(pressure + 0.5));
    int hr = pulse(Math.floor(pulse + 0.5));
    int acvpu = mind == 0 || (mind == 1 && !confusionIsNew) ? 0 : 3;
    int temp = temperature(Math.floor(temperature * 10 + 0.5));
    int score = rr + spo2 + (oxygen ? 2 : 0) + sbp + hr + acvpu + temp;
    if (score >= 7) {
      return score | 3 << LEVEL;
    }
    if (score >= 5) {
      return score | 2 << LEVEL;
    }
    if (rr == 3 || spo2 == 3 || sbp == 3 || hr == 3 || acvpu == 3 || temp == 3) {
      return score | 1 << LEVEL;
    }
    return score;
  }

  private static int respiration(double x) {
    if (x <= 8) {
      return 3;
    } else if (x <= 11) {
      return 1;
    } else if (x <= 20) {
      return 0;
    } else if (x <= 24) {
      return 2;
    }
    return 3;
  }

  private static int saturation(double x) {
    if (x <= 91) {
      return 3;
    } else if (x <= 93) {
      return 2;
    } else if (x <= 95) {
      return 1;
    }
    return 0;
  }

  private static int saturation2(double x, boolean oxygen) {
    if (x <= 83) {
      return 3;
    } else if (x <= 85) {
      return 2;
    } else if (x <= 87) {
      return 1;
    } else if (x <= 92 || !oxygen) {
      return 0;
    } else if (x <= 94) {
      return 1;
    } else if (x <= 96) {
      return 2;
    }
    return 3;
  }

  private static int pressure(double x) {
    if (x <= 90) {
      return 3;
    } else if (x <= 100) {
      return 2;
    } else if (x <= 110) {
      return 1;
    } else if (x <= 219) {
      return 0;
    }
    return 3;
  }

  private static int pulse(double x) {
    if (x <= 40) {
      return 3;
    } else if (x <= 50) {
      return 1;
    } else if (x <= 90) {
      return 0;
    } else if (x <= 110) {
      return 1;
    } else if (x <= 130) {
      return 2;
    }
    return 3;
  }

  /** Tenths of a degree. */
  private static int temperature(double x) {
    if (x <= 350) {
      return 3;
    } else if (x <= 360) {
      return 1;
    } else if (x <= 380) {
      return 0;
    } else if (x <= 390) {
      return 1;
    }
    return 2;
  }
}
