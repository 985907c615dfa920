// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

/** Takes a value of a type with history, and its comparator as {@link Known} marks it. */
@FunctionalInterface
interface SampleConsumer {
  void accept(long time, double value, int comparator);
}
