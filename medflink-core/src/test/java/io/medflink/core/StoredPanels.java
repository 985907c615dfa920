// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataOutputViewStreamWrapper;

/**
 * What each format of panels looked like when it was released: the serializer's snapshot and panels
 * with each field present and absent, in {@code src/test/resources/panels/vN}. Later builds read
 * all of them. {@link #main} writes the files of the current format, once.
 */
final class StoredPanels {
  private StoredPanels() {}

  /** The panels stored in format 1. Never changes; new fields come in later formats. */
  static List<Panel> format1() {
    Panel full =
        new Panel(
            "hospital|4711",
            "enc-1",
            "General",
            "Ward 3",
            "3-12",
            Instant.parse("2026-11-01T08:30:00.125Z"),
            Instant.parse("2026-11-01T08:31:00Z"),
            Instant.parse("2026-11-01T08:31:01.000000001Z"),
            "vitals",
            new String[] {"hospital|4711", "kasse|A123456789"},
            new Observation[] {Observation.of(Vital.HEART_RATE, 72)});
    Panel bare = new Panel(null, null, null, null, null, null, null, null, null, null, null);
    Observation all =
        new Observation(
            "8867-4",
            -0.0,
            "A",
            "/min",
            Observation.Status.CORRECTED,
            "99LOCAL",
            "HR",
            "bpm",
            "zweiundsiebzig ≈ 72",
            "ORD1|8867-4|1",
            Observation.Comparator.LESS_OR_EQUAL,
            50,
            Double.NaN,
            "H",
            Observation.Method.VERIFIED,
            1);
    Observation none =
        new Observation(
            null,
            Double.NaN,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            Double.NaN,
            Double.NaN,
            null,
            null,
            0);

    List<Panel> panels = new ArrayList<>(List.of(full, bare));
    panels.addAll(mixed(full, bare));
    panels.add(full.withObservations(all, none));
    panels.add(full.withObservations(mixed(all, none).toArray(Observation[]::new)));
    panels.add(full.withObservations(mixed(none, all).toArray(Observation[]::new)));
    for (Observation.Status status : Observation.Status.values()) {
      panels.add(full.withObservations(none.withStatus(status)));
    }
    for (Observation.Comparator comparator : Observation.Comparator.values()) {
      panels.add(full.withObservations(none.withComparator(comparator)));
    }
    for (Observation.Method method : Observation.Method.values()) {
      panels.add(full.withObservations(none.withMethod(method)));
    }
    panels.add(
        full.withObservations(
            PanelTerms.all().stream()
                .limit(205)
                .map(term -> Observation.of(term, 1, "{no term}"))
                .toArray(Observation[]::new)));
    return panels;
  }

  /** The panels stored in format 2, beside those of format 1: its further terms. Never changes. */
  static List<Panel> format2() {
    return List.of(
        Panel.of("hospital|4711", Instant.parse("2026-11-24T08:30:00Z"))
            .withObservations(
                PanelTerms.all().stream()
                    .skip(205)
                    .limit(27)
                    .map(term -> Observation.of(term, 1, "{no term}"))
                    .toArray(Observation[]::new)));
  }

  /** For each component: a with b's, and b with a's. */
  private static <T extends Record> List<T> mixed(T a, T b) {
    RecordComponent[] components = a.getClass().getRecordComponents();
    List<T> mixed = new ArrayList<>();
    for (int i = 0; i < components.length; i++) {
      mixed.add(with(a, i, b));
      mixed.add(with(b, i, a));
    }
    return mixed;
  }

  @SuppressWarnings("unchecked")
  private static <T extends Record> T with(T record, int index, T from) {
    try {
      RecordComponent[] components = record.getClass().getRecordComponents();
      Object[] values = new Object[components.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = components[i].getAccessor().invoke(i == index ? from : record);
      }
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      Constructor<?> constructor = record.getClass().getDeclaredConstructor(types);
      return (T) constructor.newInstance(values);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /** Writes the files of the current format; refuses to where they exist. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0], "v" + PanelFormat.VERSION);
    Files.createDirectories(folder);
    PanelSerializer serializer = new PanelSerializer();
    ByteArrayOutputStream snapshot = new ByteArrayOutputStream();
    TypeSerializerSnapshot.writeVersionedSnapshot(
        new DataOutputViewStreamWrapper(snapshot), serializer.snapshotConfiguration());
    ByteArrayOutputStream panels = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(panels)) {
      List<Panel> stored = new ArrayList<>(format1());
      stored.addAll(format2());
      for (Panel panel : stored) {
        serializer.serialize(panel, new DataOutputViewStreamWrapper(out));
      }
    }
    Files.write(
        folder.resolve("snapshot.bin"), snapshot.toByteArray(), StandardOpenOption.CREATE_NEW);
    Files.write(folder.resolve("panels.bin"), panels.toByteArray(), StandardOpenOption.CREATE_NEW);
  }
}
