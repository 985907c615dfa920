// SPDX-License-Identifier: Apache-2.0
/** The format {@code medflink-json}: one panel a line, read and written, also in Flink SQL. */
@NullMarked
package io.medflink.connectors.json;

import org.jspecify.annotations.NullMarked;
