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
 * A panel is a POJO to Flink, so that it can be keyed by its fields and SQL sees its columns, with
 * a serializer of its own.
 *
 * <p>Enums such as an observation's status are RAW columns in SQL, as all enums are to Flink, and
 * Flink 2.3.0 fails to cast (and so to print) those: select columns by name. To come back from a
 * table, {@code toDataStream} takes {@code DataTypes.of(TypeInformation.of(Panel.class))}; given
 * the class alone it finds no type for an enum.
 */
final class PanelTypeInfo extends PojoTypeInfo<Panel> {
  private static final long serialVersionUID = 1;

  private PanelTypeInfo(List<PojoField> fields) {
    super(Panel.class, fields);
  }

  @Override
  public TypeSerializer<Panel> createSerializer(SerializerConfig config) {
    return new PanelSerializer();
  }

  /** Called by Flink wherever it meets a {@link Panel}. */
  @Internal
  public static final class Factory extends TypeInfoFactory<Panel> {
    /** For Flink. */
    public Factory() {}

    @Override
    public TypeInformation<Panel> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> genericParameters) {
      List<PojoField> fields = new ArrayList<>();
      for (RecordComponent c : Panel.class.getRecordComponents()) {
        try {
          fields.add(
              new PojoField(
                  Panel.class.getDeclaredField(c.getName()), TypeInformation.of(c.getType())));
        } catch (NoSuchFieldException e) {
          throw new IllegalStateException("A record has a field for each component", e);
        }
      }
      return new PanelTypeInfo(fields);
    }
  }
}
