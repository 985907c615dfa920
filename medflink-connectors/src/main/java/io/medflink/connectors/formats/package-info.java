// SPDX-License-Identifier: Apache-2.0
/**
 * What formats share: strict JSON, ISO 8601 moments, the rejects of one message, observations under
 * construction, and observations as rows of a Flink table. It knows no format; formats know it and
 * not each other.
 */
@NullMarked
package io.medflink.connectors.formats;

import org.jspecify.annotations.NullMarked;
