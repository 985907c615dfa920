// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.IOException;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads panels in the layout of {@link PanelFormat}. Each record carries its format's
 * version: this build reads all up to its own and refuses newer ones by name.
 */
final class PanelSerializer extends TypeSerializer<Panel> {
  private static final long serialVersionUID = 1;

  private transient @Nullable RecordBuffer buffer;

  private RecordBuffer buffer() {
    RecordBuffer b = buffer;
    if (b == null) {
      b = new RecordBuffer();
      buffer = b;
    }
    return b;
  }

  @Override
  public void serialize(Panel panel, DataOutputView out) throws IOException {
    RecordBuffer b = buffer();
    b.begin();
    PanelFormat.write(panel, b);
    b.writeTo(PanelFormat.VERSION, out);
  }

  @Override
  public Panel deserialize(DataInputView in) throws IOException {
    RecordBuffer b = buffer();
    checkVersion(b.readFrom(in, PanelFormat.VERSION));
    Panel panel = PanelFormat.read(b);
    b.finish();
    return panel;
  }

  @Override
  public Panel deserialize(Panel reuse, DataInputView in) throws IOException {
    return deserialize(in);
  }

  @Override
  public void copy(DataInputView in, DataOutputView out) throws IOException {
    RecordBuffer b = buffer();
    int version = b.readFrom(in, PanelFormat.VERSION);
    checkVersion(version);
    b.copyTo(version, out);
  }

  private static void checkVersion(int version) throws IOException {
    if (version == 0) {
      throw RecordBuffer.corrupted("no version");
    }
    if (version > PanelFormat.VERSION) {
      throw new IOException(newer(version));
    }
  }

  private static String newer(int version) {
    return "Panels were written in format "
        + version
        + " by a newer MedFlink; this one reads formats 1 to "
        + PanelFormat.VERSION;
  }

  /** Panels are immutable: the same object. */
  @Override
  public Panel copy(Panel from) {
    return from;
  }

  @Override
  public Panel copy(Panel from, Panel reuse) {
    return from;
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  /** A serializer with a buffer of its own: one is for one thread. */
  @Override
  public PanelSerializer duplicate() {
    return new PanelSerializer();
  }

  @Override
  public Panel createInstance() {
    return PanelFormat.EMPTY;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PanelSerializer;
  }

  @Override
  public int hashCode() {
    return PanelSerializer.class.hashCode();
  }

  @Override
  public TypeSerializerSnapshot<Panel> snapshotConfiguration() {
    return new Snapshot();
  }

  /** What a savepoint keeps of the serializer: the format's version. */
  @Internal
  public static final class Snapshot implements TypeSerializerSnapshot<Panel> {
    private int format = PanelFormat.VERSION;

    /** For Flink. */
    public Snapshot() {}

    @Override
    public int getCurrentVersion() {
      return 1;
    }

    @Override
    public void writeSnapshot(DataOutputView out) throws IOException {
      out.writeByte(format);
    }

    @Override
    public void readSnapshot(int readVersion, DataInputView in, ClassLoader userCodeClassLoader)
        throws IOException {
      format = in.readUnsignedByte();
    }

    @Override
    public TypeSerializer<Panel> restoreSerializer() {
      if (format > PanelFormat.VERSION) {
        throw new IllegalStateException(newer(format));
      }
      return new PanelSerializer();
    }

    @Override
    public TypeSerializerSchemaCompatibility<Panel> resolveSchemaCompatibility(
        TypeSerializerSnapshot<Panel> old) {
      return old instanceof Snapshot s && s.format <= format
          ? TypeSerializerSchemaCompatibility.compatibleAsIs()
          : TypeSerializerSchemaCompatibility.incompatible();
    }
  }
}
