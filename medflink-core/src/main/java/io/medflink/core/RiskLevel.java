// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

/** How much a model's answer should worry. UNKNOWN is never "low": it says that nobody knows. */
public enum RiskLevel {
  UNKNOWN,
  LOW,
  LOW_MEDIUM,
  MEDIUM,
  HIGH
}
