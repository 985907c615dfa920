// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import io.medflink.core.Movement.Kind;
import org.jspecify.annotations.Nullable;

/** The ADT events (HL7 v2 chapter 3) that move somebody or something, and what they do. */
enum Trigger {
  A01(Kind.ADMIT),
  A02(Kind.TRANSFER),
  A03(Kind.DISCHARGE),
  A04(Kind.ADMIT),
  A05(Kind.PRE_ADMIT),
  A06(Kind.LINK),
  A07(Kind.LINK),
  A08(Kind.UPDATE),
  A09(Kind.DEPART),
  A10(Kind.ARRIVE),
  A11(Kind.CANCEL_ADMIT),
  A12(Kind.CANCEL_TRANSFER),
  A13(Kind.CANCEL_DISCHARGE),
  A14(Kind.PENDING_ADMIT),
  A15(Kind.PENDING_TRANSFER),
  A16(Kind.PENDING_DISCHARGE),
  A17(Kind.SWAP),
  A20(Kind.BED_STATUS),
  A21(Kind.LEAVE),
  A22(Kind.RETURN),
  A23(Kind.DELETE),
  A25(Kind.CANCEL_PENDING_DISCHARGE),
  A26(Kind.CANCEL_PENDING_TRANSFER),
  A27(Kind.CANCEL_PENDING_ADMIT),
  A28(Kind.UPDATE),
  A31(Kind.UPDATE),
  A32(Kind.CANCEL_ARRIVE),
  A33(Kind.CANCEL_DEPART),
  A34(Kind.MERGE),
  A37(Kind.UNMERGE),
  A38(Kind.CANCEL_PRE_ADMIT),
  A40(Kind.MERGE),
  A41(Kind.LINK),
  A42(Kind.LINK),
  A43(Kind.MOVE),
  A44(Kind.MOVE),
  A45(Kind.MOVE),
  A47(Kind.MERGE),
  A52(Kind.CANCEL_LEAVE),
  A53(Kind.CANCEL_RETURN);

  private final Kind kind;

  Trigger(Kind kind) {
    this.kind = kind;
  }

  Kind kind() {
    return kind;
  }

  static @Nullable Trigger of(@Nullable String name) {
    for (Trigger trigger : values()) {
      if (trigger.name().equals(name)) {
        return trigger;
      }
    }
    return null;
  }

  /** Whether MRG tells a patient whose key gives way. */
  boolean isAboutTwoPatients() {
    return kind == Kind.MERGE || kind == Kind.MOVE;
  }
}
