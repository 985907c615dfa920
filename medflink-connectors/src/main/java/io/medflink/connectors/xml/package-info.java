// SPDX-License-Identifier: Apache-2.0
/**
 * The format {@code xml}: rows from the repeated elements of any XML, read and written, in Flink
 * SQL.
 */
@NullMarked
package io.medflink.connectors.xml;

import org.jspecify.annotations.NullMarked;
