// SPDX-License-Identifier: Apache-2.0
/**
 * The verbs of the patient river: thin Flink functions over the plain-Java cores of {@code
 * io.medflink.core}. Each is used with plain {@code .process(...)}, keeps {@link
 * io.medflink.core.operators.Books} and sends what it refuses to {@link
 * io.medflink.core.operators.SideOutput}.
 */
@NullMarked
package io.medflink.core.operators;

import org.jspecify.annotations.NullMarked;
