// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/** Version 1 of what the source keeps in checkpoints. */
record StateSerializer<S>(Writer<S> writer, Reader<S> reader)
    implements SimpleVersionedSerializer<S> {
  /** Writes one. */
  interface Writer<S> {
    void write(S state, DataOutput out) throws IOException;
  }

  /** Reads one. */
  interface Reader<S> {
    S read(DataInput in) throws IOException;
  }

  @Override
  public int getVersion() {
    return 1;
  }

  @Override
  public byte[] serialize(S state) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writer.write(state, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  @Override
  public S deserialize(int version, byte[] bytes) throws IOException {
    if (version != 1) {
      throw new IOException("state of version " + version + " is newer than this source");
    }
    return reader.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
