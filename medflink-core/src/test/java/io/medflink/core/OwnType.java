// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** An application's own type. */
enum OwnType implements ObservationType {
  PAIN;

  @Override
  public String loinc() {
    return "acme:pain";
  }

  @Override
  public @Nullable String unit() {
    return null;
  }

  @Override
  public List<String> codes() {
    return List.of("none", "mild", "severe");
  }
}
