// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.IOException;
import java.util.Objects;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.typeutils.CompositeTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Flink's serializer of a record, save that a record that nobody changes needs no copy: Flink
 * copies each element field by field, by reflection, on its way from operator to operator.
 *
 * @param <T> a record whose arrays nobody writes to either
 */
final class RecordSerializer<T> extends TypeSerializer<T> {
  private static final long serialVersionUID = 1;

  private final TypeSerializer<T> fields;

  RecordSerializer(TypeSerializer<T> fields) {
    this.fields = fields;
  }

  @Override
  public boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializer<T> duplicate() {
    return new RecordSerializer<>(fields.duplicate());
  }

  @Override
  public T createInstance() {
    return fields.createInstance();
  }

  @Override
  public T copy(T from) {
    return from;
  }

  @Override
  public T copy(T from, T reuse) {
    return from;
  }

  @Override
  public int getLength() {
    return fields.getLength();
  }

  @Override
  public void serialize(T element, DataOutputView target) throws IOException {
    fields.serialize(element, target);
  }

  @Override
  public T deserialize(DataInputView source) throws IOException {
    return fields.deserialize(source);
  }

  @Override
  public T deserialize(T reuse, DataInputView source) throws IOException {
    return fields.deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    fields.copy(source, target);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RecordSerializer<?> s && fields.equals(s.fields);
  }

  @Override
  public int hashCode() {
    return Objects.hash(RecordSerializer.class, fields);
  }

  @Override
  public TypeSerializerSnapshot<T> snapshotConfiguration() {
    return new Snapshot<>(this);
  }

  /**
   * What a savepoint keeps: the snapshot of Flink's serializer within.
   *
   * @param <T> the record
   */
  @Internal
  public static final class Snapshot<T>
      extends CompositeTypeSerializerSnapshot<T, RecordSerializer<T>> {

    /** For Flink. */
    public Snapshot() {}

    Snapshot(RecordSerializer<T> serializer) {
      super(serializer);
    }

    @Override
    protected int getCurrentOuterSnapshotVersion() {
      return 1;
    }

    @Override
    protected TypeSerializer<?>[] getNestedSerializers(RecordSerializer<T> outer) {
      return new TypeSerializer<?>[] {outer.fields};
    }

    @Override
    @SuppressWarnings("unchecked")
    protected RecordSerializer<T> createOuterSerializerWithNestedSerializers(
        TypeSerializer<?>[] nested) {
      return new RecordSerializer<>((TypeSerializer<T>) nested[0]);
    }
  }
}
