// SPDX-License-Identifier: Apache-2.0
/**
 * HL7 v2 over MLLP, the minimal lower layer protocol: a source that acknowledges what is safe on
 * disk, and a sink that waits to be acknowledged.
 */
@NullMarked
package io.medflink.connectors.mllp;

import org.jspecify.annotations.NullMarked;
