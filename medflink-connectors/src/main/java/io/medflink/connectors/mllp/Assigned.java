// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the enumerator remembers.
 *
 * @param known addresses that ever had a split
 * @param waiting splits without a reader
 */
record Assigned(List<String> known, List<MllpSplit> waiting) {
  void write(DataOutput out) throws IOException {
    out.writeInt(known.size());
    for (String address : known) {
      out.writeUTF(address);
    }
    out.writeInt(waiting.size());
    for (MllpSplit split : waiting) {
      split.write(out);
    }
  }

  static Assigned read(DataInput in) throws IOException {
    List<String> known = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      known.add(in.readUTF());
    }
    List<MllpSplit> waiting = new ArrayList<>();
    for (int count = in.readInt(); count > 0; count--) {
      waiting.add(MllpSplit.read(in));
    }
    return new Assigned(known, waiting);
  }
}
