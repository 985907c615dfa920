// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

/** Where acknowledgments wait for the checkpoint that holds their message. */
final class Gate {
  private long below;

  /** Messages below so many are in a completed checkpoint. */
  Gate(long below) {
    this.below = below;
  }

  synchronized void open(long newBelow) {
    below = Math.max(below, newBelow);
    notifyAll();
  }

  synchronized boolean isOpen(long sequence) {
    return sequence < below;
  }

  synchronized void await(long sequence) throws InterruptedException {
    while (sequence >= below) {
      wait();
    }
  }
}
