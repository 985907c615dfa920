// SPDX-License-Identifier: Apache-2.0
/** What is known of each sender: one YAML file, a profile a feed. Every format may ask it. */
@NullMarked
package io.medflink.connectors.feeds;

import org.jspecify.annotations.NullMarked;
