// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

/** When a message is acknowledged: what its sender may then forget. */
public enum AckMode {
  /** When it is in the journal, synced to disk: it survives the process and the machine's power. */
  DURABLE,
  /**
   * When a checkpoint that holds it has completed: it also survives the disk of the journal. A
   * sender that waits for each acknowledgment sends one message per checkpoint.
   */
  CHECKPOINT,
  /** When it was taken in: <b>it is lost where the process ends before it is on disk</b>. */
  RECEIVED
}
