// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.PojoField;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;

/**
 * A record of ours is a POJO to Flink, so that it can be keyed by its fields and SQL sees its
 * columns; but it is never copied, since nobody changes it, and {@link Panel} has a serializer of
 * its own.
 *
 * <p>Enums such as an observation's status are RAW columns in SQL, as all enums are to Flink, and
 * Flink 2.3.0 fails to cast (and so to print) those: select columns by name. To come back from a
 * table, {@code toDataStream} takes {@code DataTypes.of(TypeInformation.of(Panel.class))}; given
 * the class alone it finds no type for an enum.
 *
 * @param <T> the record
 */
final class RecordTypeInfo<T> extends PojoTypeInfo<T> {
  private static final long serialVersionUID = 1;

  private RecordTypeInfo(Class<T> type, List<PojoField> fields) {
    super(type, fields);
  }

  @Override
  @SuppressWarnings("unchecked")
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return getTypeClass() == Panel.class
        ? (TypeSerializer<T>) new PanelSerializer()
        : new RecordSerializer<>(super.createSerializer(config));
  }

  /**
   * Called by Flink wherever it meets such a record.
   *
   * @param <T> the record
   */
  @Internal
  public static final class Factory<T> extends TypeInfoFactory<T> {
    /** For Flink. */
    public Factory() {}

    @Override
    @SuppressWarnings("unchecked")
    public TypeInformation<T> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> genericParameters) {
      Class<T> record = (Class<T>) type;
      List<PojoField> fields = new ArrayList<>();
      for (RecordComponent c : record.getRecordComponents()) {
        try {
          fields.add(
              new PojoField(record.getDeclaredField(c.getName()), TypeInformation.of(c.getType())));
        } catch (NoSuchFieldException e) {
          throw new IllegalStateException("A record has a field for each component", e);
        }
      }
      return new RecordTypeInfo<>(record, fields);
    }
  }
}
