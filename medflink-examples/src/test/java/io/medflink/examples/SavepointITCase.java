// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.core.Questionnaire;
import io.medflink.models.RiskModels;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.testutils.MiniClusterResourceConfiguration;
import org.apache.flink.test.junit5.MiniClusterExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The stored savepoints of the first version restore into every later build. */
final class SavepointITCase {
  private static final int AFTER = 6;

  /** The SQL job's watermark is so many rows behind; what it has passed is said a second time. */
  private static final int BEHIND = 20;

  @RegisterExtension
  static final MiniClusterExtension CLUSTER =
      new MiniClusterExtension(
          new MiniClusterResourceConfiguration.Builder().setNumberSlotsPerTaskManager(2).build());

  @Timeout(120)
  @ParameterizedTest
  @EnumSource
  void aStoredSavepointRestoresAndTheChartsGoOn(StoredJob job) throws Exception {
    JobClient client =
        job.start(
            Path.of(job.folder()).toAbsolutePath().toString(),
            StoredJob.BEFORE,
            StoredJob.BEFORE + AFTER);
    List<String> said = StoredJob.said(client, job == StoredJob.SQL ? 2 * AFTER : AFTER);
    client.cancel().get();
    switch (job) {
      case MONITOR -> assertThat(said).allMatch(words -> words.startsWith("news2 "));
      case PREDICT -> assertThat(said).noneMatch(words -> words.contains("age"));
      case OPTIMIZE -> assertThat(said).allMatch(words -> words.startsWith("w6"));
      case SQL -> assertThat(said).containsExactlyInAnyOrderElementsOf(sqlAnswers());
    }
    if (job == StoredJob.MONITOR) {
      // All but the heart rate was told before the savepoint only.
      assertThat(said).allMatch(words -> words.endsWith("Z "));
    }
  }

  /** New moments by values told before the savepoint, and final answers about moments before it. */
  private static List<String> sqlAnswers() {
    Questionnaire news2 = new Questionnaire(RiskModels.byId("news2"));
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < AFTER; i++) {
      int row = StoredJob.BEFORE + i;
      answers.add(answer(news2, row, "PRELIMINARY"));
      answers.add(answer(news2, row - BEHIND, "FINAL"));
    }
    return answers;
  }

  private static String answer(Questionnaire news2, int row, String status) {
    Map<String, Object> values = new HashMap<>(StoredSql.INPUTS);
    values.put("hr", StoredSql.heartRate(row));
    double score = news2.assess(values).predictions()[0].low();
    return "%s %s %s %s 0".formatted(StoredSql.time(row), status, score, score);
  }

  /** Writes the savepoints that are not there yet: {@code -Dmedflink.store.savepoints=true}. */
  @Test
  @EnabledIfSystemProperty(named = "medflink.store.savepoints", matches = "true")
  void store() throws Exception {
    for (StoredJob job : StoredJob.values()) {
      Path folder = Path.of(job.folder()).toAbsolutePath();
      if (Files.exists(folder)) {
        continue;
      }
      Files.createDirectories(folder);
      JobClient client = job.start(null, 0, StoredJob.BEFORE);
      int settled = job == StoredJob.SQL ? StoredJob.BEFORE - BEHIND : 0;
      StoredJob.said(client, StoredJob.BEFORE + settled);
      String written =
          client
              .stopWithSavepoint(
                  false,
                  Files.createTempDirectory("savepoints").toUri().toString(),
                  SavepointFormatType.CANONICAL)
              .get();
      // State this small lies within the metadata itself.
      Files.copy(Path.of(URI.create(written)).resolve("_metadata"), folder.resolve("_metadata"));
    }
  }
}
