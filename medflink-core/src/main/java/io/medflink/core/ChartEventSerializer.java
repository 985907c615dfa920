// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.IOException;
import java.util.Arrays;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/**
 * A byte for the kind of event (0 panel, 1 movement, 2 control), then the record's own form; for
 * what was handed over 3, or 4 where it is withdrawn, the source and the event.
 */
final class ChartEventSerializer extends TypeSerializer<ChartEvent> {
  private static final long serialVersionUID = 1;
  private static final int HANDED_OVER = 3;
  private static final int WITHDRAWN = 4;

  /** By kind. */
  private final TypeSerializer<?>[] kinds;

  ChartEventSerializer(TypeSerializer<?>... kinds) {
    this.kinds = kinds;
  }

  private static int kind(ChartEvent event) {
    return event instanceof Panel ? 0 : event instanceof Movement ? 1 : 2;
  }

  @SuppressWarnings("unchecked") // the kinds stand in their order
  private TypeSerializer<ChartEvent> of(int kind) throws IOException {
    if (kind < 0 || kind >= kinds.length) {
      throw new IOException("no kind of event " + kind);
    }
    return (TypeSerializer<ChartEvent>) kinds[kind];
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializer<ChartEvent> duplicate() {
    return new ChartEventSerializer(
        Arrays.stream(kinds).map(TypeSerializer::duplicate).toArray(TypeSerializer<?>[]::new));
  }

  @Override
  public ChartEvent createInstance() {
    return (ChartEvent) kinds[0].createInstance();
  }

  @Override
  public ChartEvent copy(ChartEvent from) {
    return from;
  }

  @Override
  public ChartEvent copy(ChartEvent from, ChartEvent reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(ChartEvent event, DataOutputView target) throws IOException {
    if (event instanceof HandedOver handed) {
      target.writeByte(handed.withdrawn() ? WITHDRAWN : HANDED_OVER);
      StringValue.writeString(handed.source(), target);
      serialize(handed.event(), target);
      return;
    }
    int kind = kind(event);
    target.writeByte(kind);
    of(kind).serialize(event, target);
  }

  @Override
  public ChartEvent deserialize(DataInputView source) throws IOException {
    int kind = source.readByte();
    if (kind == HANDED_OVER || kind == WITHDRAWN) {
      String told = StringValue.readString(source);
      return new HandedOver(deserialize(source), told, kind == WITHDRAWN);
    }
    return of(kind).deserialize(source);
  }

  @Override
  public ChartEvent deserialize(ChartEvent reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    int kind = source.readByte();
    target.writeByte(kind);
    if (kind == HANDED_OVER || kind == WITHDRAWN) {
      StringValue.copyString(source, target);
      copy(source, target);
    } else {
      of(kind).copy(source, target);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ChartEventSerializer s && Arrays.equals(kinds, s.kinds);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(kinds);
  }

  @Override
  public TypeSerializerSnapshot<ChartEvent> snapshotConfiguration() {
    return new Snapshot(this);
  }

  /** What a savepoint keeps: the snapshots of the records' serializers. */
  @Internal
  public static final class Snapshot
      extends CompositeTypeSerializerSnapshot<ChartEvent, ChartEventSerializer> {

    /** For Flink. */
    public Snapshot() {}

    Snapshot(ChartEventSerializer serializer) {
      super(serializer);
    }

    @Override
    protected int getCurrentOuterSnapshotVersion() {
      return 1;
    }

    @Override
    protected TypeSerializer<?>[] getNestedSerializers(ChartEventSerializer outer) {
      return outer.kinds;
    }

    @Override
    protected ChartEventSerializer createOuterSerializerWithNestedSerializers(
        TypeSerializer<?>[] nested) {
      return new ChartEventSerializer(nested);
    }
  }
}
