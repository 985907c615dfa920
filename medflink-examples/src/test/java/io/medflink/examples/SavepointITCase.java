// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The stored savepoints of the first version restore into every later build. */
final class SavepointITCase {
  private static final int AFTER = 6;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(2).build());

  @ParameterizedTest
  @EnumSource
  void aStoredSavepointRestoresAndTheChartsGoOn(StoredJob job) throws Exception {
    JobClient client =
        job.start(
            Path.of(job.folder()).toAbsolutePath().toString(),
            StoredJob.BEFORE,
            StoredJob.BEFORE + AFTER);
    List<String> said = StoredJob.said(client, AFTER);
    client.cancel().get();
    switch (job) {
      case MONITOR -> assertThat(said).allMatch(words -> words.startsWith("news2 "));
      case PREDICT -> assertThat(said).noneMatch(words -> words.contains("age"));
      case OPTIMIZE -> assertThat(said).allMatch(words -> words.startsWith("w6"));
    }
    if (job == StoredJob.MONITOR) {
      // All but the heart rate was told before the savepoint only.
      assertThat(said).allMatch(words -> words.endsWith("Z "));
    }
  }

  /** Writes the savepoints, once: {@code -Dmedflink.store.savepoints=true}. */
  @Test
  @EnabledIfSystemProperty(named = "medflink.store.savepoints", matches = "true")
  void store() throws Exception {
    for (StoredJob job : StoredJob.values()) {
      Path folder = Path.of(job.folder()).toAbsolutePath();
      if (Files.exists(folder)) {
        throw new IllegalStateException(
            folder + " is there: a stored savepoint is never rewritten");
      }
      JobClient client = job.start(null, 0, StoredJob.BEFORE);
      StoredJob.said(client, StoredJob.BEFORE);
      String written =
          client
              .stopWithSavepoint(
                  false,
                  Files.createTempDirectory("savepoints").toUri().toString(),
                  SavepointFormatType.CANONICAL)
              .get();
      // State this small lies within the metadata itself.
      Files.createDirectories(folder);
      Files.copy(Path.of(URI.create(written)).resolve("_metadata"), folder.resolve("_metadata"));
    }
  }
}
