// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Serializable;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.java.typeutils.PojoTypeInfo;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for each record that travels in streams: all but the Serializable declarations. */
class StreamRecordsTest {
  private static final String CANARY = "CANARY";

  /**
   * The only strings that may be shown: names that a model's or decoder's author wrote, and the
   * ward of a record that is about no patient.
   */
  private static final Set<String> SHOWN =
      Set.of(
          "RiskAssessment.model",
          "Prediction.name",
          "Rejected.field",
          "Figure.name",
          "CapacityAdvice.model",
          "CapacityAdvice.facility",
          "CapacityAdvice.ward",
          "Census.facility",
          "Census.ward");

  static List<Class<?>> records() throws IOException {
    Path classes = Path.of("target/classes/io/medflink/core");
    try (Stream<Path> files = Files.list(classes)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class") && !name.startsWith("package-info"))
          .map(name -> load("io.medflink.core." + name.substring(0, name.length() - 6)))
          .filter(type -> type.isRecord() && !Serializable.class.isAssignableFrom(type))
          .filter(type -> !Modifier.isPrivate(type.getModifiers()))
          .sorted((a, b) -> a.getName().compareTo(b.getName()))
          .<Class<?>>map(type -> type)
          .toList();
    }
  }

  @Test
  void the_scan_finds_them() throws IOException {
    assertThat(records())
        .contains(
            Panel.class,
            Observation.class,
            Message.class,
            Movement.class,
            Control.class,
            RiskAssessment.class,
            Prediction.class,
            Alert.class,
            Rejected.class);
  }

  static List<Class<?>> publicRecords() throws IOException {
    return records().stream()
        .filter(type -> Modifier.isPublic(type.getModifiers()))
        .<Class<?>>map(type -> type)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("publicRecords")
  <X> void is_serialized_without_kryo_and_not_copied(Class<X> type) throws IOException {
    SerializerConfigImpl config = new SerializerConfigImpl();
    config.setGenericTypes(false);
    TypeInformation<X> information = TypeInformation.of(type);
    assertThat(information).isInstanceOf(PojoTypeInfo.class);
    TypeSerializer<X> serializer = information.createSerializer(config);
    X record = type.cast(filled(type));
    DataOutputSerializer out = new DataOutputSerializer(256);
    serializer.serialize(record, out);
    X back = serializer.deserialize(new DataInputDeserializer(out.getCopyOfBuffer()));
    assertThat(back).usingRecursiveComparison().isEqualTo(record);
    if (type.isAnnotationPresent(TypeInfo.class)) {
      assertThat(serializer.copy(record)).isSameAs(record);
    }
  }

  @ParameterizedTest
  @MethodSource("records")
  void shows_no_patient_data(Class<?> type) {
    assertThat(filled(type).toString()).doesNotContain(CANARY);
  }

  @ParameterizedTest
  @MethodSource("records")
  void has_a_constructor_that_takes_nulls(Class<?> type) {
    Object[] values =
        Arrays.stream(type.getRecordComponents())
            .map(c -> c.getType().isPrimitive() ? value(c.getType(), CANARY) : null)
            .toArray();
    assertThat(construct(type, values)).isNotNull();
  }

  private static Object filled(Class<?> type) {
    Object[] values =
        Arrays.stream(type.getRecordComponents())
            .map(
                c ->
                    value(
                        c.getType(),
                        SHOWN.contains(type.getSimpleName() + "." + c.getName())
                            ? "shown"
                            : CANARY))
            .toArray();
    return construct(type, values);
  }

  private static Object construct(Class<?> type, Object[] values) {
    try {
      Constructor<?> constructor =
          type.getDeclaredConstructor(
              Arrays.stream(type.getRecordComponents())
                  .map(RecordComponent::getType)
                  .toArray(Class<?>[]::new));
      constructor.setAccessible(true);
      return constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(type.getName(), e);
    }
  }

  private static Object value(Class<?> type, String string) {
    if (type == String.class) {
      return string;
    } else if (type == Instant.class) {
      return Instant.EPOCH;
    } else if (type == double.class || type == Double.class) {
      return 4711.25;
    } else if (type == boolean.class) {
      return true;
    } else if (type == int.class || type == Integer.class) {
      return 1;
    } else if (type == long.class) {
      return 1L;
    } else if (type == byte.class) {
      return (byte) 1;
    } else if (type.isEnum()) {
      return type.getEnumConstants()[0];
    } else if (type == ChartEvent.class) {
      return filled(Movement.class);
    } else if (type.isRecord()) {
      return filled(type);
    } else if (type.isArray()) {
      Object array = Array.newInstance(type.getComponentType(), 1);
      Array.set(array, 0, value(type.getComponentType(), string));
      return array;
    }
    throw new AssertionError("a stream record holds no " + type);
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new LinkageError(name, e);
    }
  }
}
