// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.apache.flink.api.connector.source.SourceSplit;

/**
 * One address that is listened on, and how far its journal was delivered.
 *
 * @param address host:port
 * @param journal the id of its journal; empty before it was ever opened
 * @param next the number of the next message
 */
record MllpSplit(String address, String journal, long next) implements SourceSplit {
  static MllpSplit fresh(Address address) {
    return new MllpSplit(address.toString(), "", 0);
  }

  @Override
  public String splitId() {
    return address;
  }

  void write(DataOutput out) throws IOException {
    out.writeUTF(address);
    out.writeUTF(journal);
    out.writeLong(next);
  }

  static MllpSplit read(DataInput in) throws IOException {
    return new MllpSplit(in.readUTF(), in.readUTF(), in.readLong());
  }
}
