// SPDX-License-Identifier: Apache-2.0
/**
 * The nouns of clinical streams (panels, observations, charts, assessments) and the plain-Java
 * cores that keep them in event time. Flink appears here only as type information and serializers.
 */
@NullMarked
package io.medflink.core;

import org.jspecify.annotations.NullMarked;
