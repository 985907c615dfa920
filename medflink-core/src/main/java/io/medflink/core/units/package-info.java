// SPDX-License-Identifier: Apache-2.0
/**
 * Conversion between units of measure written in UCUM (case-sensitive codes, version 2.2).
 *
 * <p>{@link io.medflink.core.units.Units} is the way in. A unit that cannot be converted is refused
 * with a {@link io.medflink.core.units.Refusal}; nothing is guessed.
 */
@NullMarked
package io.medflink.core.units;

import org.jspecify.annotations.NullMarked;
