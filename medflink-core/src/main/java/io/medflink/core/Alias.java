// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.Serializable;

/**
 * Another name in another unit, by which a {@link Questionnaire} takes it too.
 *
 * @param name as in the reference vectors, such as {@code scr_umol_l}
 * @param unit UCUM
 */
public record Alias(String name, String unit) implements Serializable {}
