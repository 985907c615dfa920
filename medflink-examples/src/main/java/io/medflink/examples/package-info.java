// SPDX-License-Identifier: Apache-2.0
/** Example jobs, and the command line that runs them. */
@NullMarked
package io.medflink.examples;

import org.jspecify.annotations.NullMarked;
