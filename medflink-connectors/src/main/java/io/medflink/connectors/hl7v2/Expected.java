// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import io.medflink.connectors.hl7v2.Names.Back;
import io.medflink.connectors.hl7v2.Names.Front;
import org.jspecify.annotations.Nullable;

/**
 * What stands before and behind the values of OBX segments, told by what stood there the last time:
 * messages mostly repeat the one before.
 */
final class Expected {
  private @Nullable Run<Front> first;
  private @Nullable Run<Front> last;
  private @Nullable Front front;
  private @Nullable Back back;

  /** Begins with a message. */
  void begin() {
    last = null;
  }

  /** Finds the fields of the next OBX and what was read from the same bytes. */
  void find(Er7Segment obx, Names names) {
    Run<Front> expected = last == null ? first : last.next;
    Run<Back> behind = expected == null ? null : expected.behind;
    int found = expected == null ? 0 : obx.find(expected, behind);
    Run<Front> its = found > 0 ? expected : names.front(obx);
    Run<Back> rest = found > 1 ? behind : names.back(obx);
    if (its != null) {
      its.behind = rest;
      if (last == null) {
        first = its;
      } else {
        last.next = its;
      }
      last = its;
    }
    front = its == null ? null : its.value;
    back = rest == null ? null : rest.value;
  }

  /** OBX-2 to OBX-4, null where they weren't read before. */
  @Nullable Front front() {
    return front;
  }

  /** OBX-6 to OBX-11, null where they weren't read before. */
  @Nullable Back back() {
    return back;
  }
}
