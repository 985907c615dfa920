// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.apache.flink.connector.base.sink.writer.AsyncSinkWriterStateSerializer;
import org.apache.flink.connector.base.sink.writer.BufferedRequestState;

/** Version 1 of what waits to be sent when a checkpoint is taken. */
final class FhirState extends AsyncSinkWriterStateSerializer<FhirUpdate> {
  @Override
  public int getVersion() {
    return 1;
  }

  @Override
  protected void serializeRequestToStream(FhirUpdate update, DataOutputStream out)
      throws IOException {
    update.write(out);
  }

  @Override
  protected FhirUpdate deserializeRequestFromStream(long size, DataInputStream in)
      throws IOException {
    return FhirUpdate.read(in);
  }

  @Override
  public BufferedRequestState<FhirUpdate> deserialize(int version, byte[] bytes)
      throws IOException {
    if (version != 1) {
      throw new IOException("state of version " + version + " is newer than this sink");
    }
    return super.deserialize(version, bytes);
  }
}
