// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import org.apache.flink.annotation.Internal;

/** An {@link AssessCore.Out} that also asks why the answers about some patients are as they are. */
@Internal
public interface Inquiry {
  /** Whether it asks about a patient. */
  boolean explains(String patientId);

  /** Why an assessment that was just given is as it is. */
  void explained(Explained why);
}
