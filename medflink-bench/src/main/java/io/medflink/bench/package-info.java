// SPDX-License-Identifier: Apache-2.0
/** Benchmarks: one file a question. */
@NullMarked
package io.medflink.bench;

import org.jspecify.annotations.NullMarked;
