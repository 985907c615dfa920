// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.StringSerializer;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PanelEvolutionTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void the_snapshot_of_each_format_restores_a_serializer_that_reads_its_panels(int format)
      throws IOException {
    TypeSerializerSnapshot<Panel> stored =
        TypeSerializerSnapshot.readVersionedSnapshot(
            new DataInputDeserializer(resource("v" + format + "/snapshot.bin")),
            getClass().getClassLoader());
    assertThat(
            new PanelSerializer()
                .snapshotConfiguration()
                .resolveSchemaCompatibility(stored)
                .isCompatibleAsIs())
        .isTrue();
    TypeSerializer<Panel> restored = stored.restoreSerializer();
    DataInputDeserializer in = new DataInputDeserializer(resource("v" + format + "/panels.bin"));
    List<Panel> panels = new ArrayList<>();
    while (in.available() > 0) {
      panels.add(restored.deserialize(in));
    }
    assertThat(panels).isEqualTo(panels(format));
  }

  private static List<Panel> panels(int format) {
    List<Panel> panels = new ArrayList<>(StoredPanels.format1());
    if (format == 2) {
      panels.addAll(StoredPanels.format2());
    }
    return panels;
  }

  @Test
  void format_2_is_still_what_is_written() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(1 << 16);
    for (Panel panel : panels(PanelFormat.VERSION)) {
      new PanelSerializer().serialize(panel, out);
    }
    assertThat(out.getCopyOfBuffer())
        .as("another layout needs another version: see PanelFormat")
        .isEqualTo(resource("v2/panels.bin"));
  }

  @Test
  void the_numbers_of_the_terms_never_change() throws IOException {
    String golden = new String(resource("terms.txt"), StandardCharsets.UTF_8);
    StringBuilder terms = new StringBuilder();
    for (String term : PanelTerms.all()) {
      terms.append(term).append('\n');
    }
    assertThat(terms.toString())
        .as("terms are appended, here and in the file, and raise the format's version")
        .isEqualTo(golden);
    assertThat(PanelTerms.all()).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(PanelTerms.MOST);
  }

  @Test
  void what_comes_with_medflink_takes_one_byte() {
    List<ObservationType> types = new ArrayList<>();
    types.addAll(List.of(Vital.values()));
    types.addAll(List.of(Lab.values()));
    types.addAll(List.of(Demographic.values()));
    types.addAll(List.of(Setting.values()));
    // A later type may come without a term; these were there when the list was made.
    assertThat(types).hasSizeGreaterThanOrEqualTo(35);
    List<String> terms = PanelTerms.all();
    assertThat(
            types.stream()
                .filter(
                    t ->
                        terms.contains(t.loinc())
                            || t.equivalents().stream().anyMatch(terms::contains))
                .count())
        .isGreaterThanOrEqualTo(35);
  }

  @Test
  void a_snapshot_of_a_newer_format_is_incompatible_and_says_so() throws IOException {
    PanelSerializer.Snapshot newer = new PanelSerializer.Snapshot();
    newer.readSnapshot(
        1,
        new DataInputDeserializer(new byte[] {PanelFormat.VERSION + 1}),
        getClass().getClassLoader());
    TypeSerializerSnapshot<Panel> own = new PanelSerializer().snapshotConfiguration();
    assertThat(own.resolveSchemaCompatibility(newer).isIncompatible()).isTrue();
    assertThat(newer.resolveSchemaCompatibility(own).isCompatibleAsIs()).isTrue();
    assertThatThrownBy(newer::restoreSerializer)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("format " + (PanelFormat.VERSION + 1));
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void the_snapshot_of_another_serializer_is_incompatible() {
    TypeSerializerSnapshot other = StringSerializer.INSTANCE.snapshotConfiguration();
    assertThat(
            new PanelSerializer()
                .snapshotConfiguration()
                .resolveSchemaCompatibility(other)
                .isIncompatible())
        .isTrue();
  }

  @Test
  void the_generator_refuses_to_overwrite(@TempDir Path folder) throws IOException {
    StoredPanels.main(new String[] {folder.toString()});
    assertThatThrownBy(() -> StoredPanels.main(new String[] {folder.toString()}))
        .isInstanceOf(FileAlreadyExistsException.class);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = PanelEvolutionTest.class.getResourceAsStream("/panels/" + name)) {
      assertThat(in).as(name).isNotNull();
      return in.readAllBytes();
    }
  }
}
