// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import org.apache.flink.api.common.typeinfo.TypeInfo;

/**
 * An assessment and why it is as it is, for the patients that somebody asks about.
 *
 * @param assessment what was said
 * @param explanation why
 */
@TypeInfo(RecordTypeInfo.Factory.class)
public record Explained(RiskAssessment assessment, Explanation explanation) {

  /** Nothing of the patient. */
  @Override
  public String toString() {
    return "Explained";
  }
}
