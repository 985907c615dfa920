// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.lang.reflect.Type;
import java.util.Map;
import org.apache.flink.annotation.Internal;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInfoFactory;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.jspecify.annotations.Nullable;

/** Events of all kinds in one stream. To SQL it is one opaque column: split it before. */
final class ChartEventTypeInfo extends TypeInformation<ChartEvent> {
  private static final long serialVersionUID = 1;

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public Class<ChartEvent> getTypeClass() {
    return ChartEvent.class;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public TypeSerializer<ChartEvent> createSerializer(SerializerConfig config) {
    return new ChartEventSerializer(
        TypeInformation.of(Panel.class).createSerializer(config),
        TypeInformation.of(Movement.class).createSerializer(config),
        TypeInformation.of(Control.class).createSerializer(config));
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof ChartEventTypeInfo;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ChartEventTypeInfo;
  }

  @Override
  public int hashCode() {
    return ChartEventTypeInfo.class.hashCode();
  }

  @Override
  public String toString() {
    return "ChartEvent";
  }

  /** Called by Flink wherever it meets such an event. */
  @Internal
  public static final class Factory extends TypeInfoFactory<ChartEvent> {
    /** For Flink. */
    public Factory() {}

    @Override
    public TypeInformation<ChartEvent> createTypeInfo(
        Type type, Map<String, TypeInformation<?>> genericParameters) {
      return new ChartEventTypeInfo();
    }
  }
}
