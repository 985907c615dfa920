// SPDX-License-Identifier: Apache-2.0
/**
 * HL7 v2 in ER7, the form with bars and carets: a lazy reader over bytes, and a decoder of
 * observations and movements.
 */
@NullMarked
package io.medflink.connectors.hl7v2;

import org.jspecify.annotations.NullMarked;
