// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import io.medflink.connectors.feeds.Profile;
import io.medflink.connectors.hl7v2.Names.Issuer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One of a profile's authorities: {@code AUTHORITY}, {@code AUTHORITY^TYPE} or {@code ^TYPE}.
 *
 * @param issuer CX.4, null for any
 * @param type CX.5, null for any
 * @param before what stands before identifiers in keys, with the bar
 */
record Authority(@Nullable String issuer, @Nullable String type, String before) {

  /** Those of a profile, by falling priority. */
  static Authority[] of(Profile profile) {
    Authority[] authorities = new Authority[profile.authorities().size()];
    int count = 0;
    for (Map.Entry<String, String> entry : profile.authorities().entrySet()) {
      String sent = entry.getKey();
      int caret = sent.indexOf('^');
      authorities[count++] =
          new Authority(
              caret == 0 ? null : caret < 0 ? sent : sent.substring(0, caret),
              caret < 0 ? null : sent.substring(caret + 1),
              entry.getValue() + "|");
    }
    return authorities;
  }

  /** Whether it gave an identifier. */
  boolean gave(Issuer its) {
    boolean issued =
        issuer == null
            || (!issuer.isEmpty()
                && (issuer.equals(its.authority()) || issuer.equals(its.universal())));
    return issued && (type == null || type.equals(its.type()));
  }
}
