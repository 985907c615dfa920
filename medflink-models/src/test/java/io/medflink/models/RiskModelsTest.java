// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.medflink.core.Answer;
import io.medflink.core.Chart;
import io.medflink.core.Input;
import io.medflink.core.ModelCard;
import io.medflink.core.Questionnaire;
import io.medflink.core.RiskModel;
import io.medflink.core.Vital;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RiskModelsTest {
  @TempDir private Path folder;

  /** An application's own model. */
  public static final class Own implements RiskModel {
    private static final long serialVersionUID = 1;
    private static final ModelCard CARD = ModelCard.of("own", "1", "none", "tests");
    private static final Input HR = CARD.input(Input.of("hr", Vital.HEART_RATE));

    @Override
    public ModelCard card() {
      return CARD;
    }

    @Override
    public void assess(Chart chart, Answer answer) {
      answer.notApplicable(chart.value(HR) > 0 ? "alive" : "not");
    }
  }

  @Test
  void findsTheModelsOfThePackageSortedById() {
    assertThat(RiskModels.all())
        .extracting(RiskModel::id)
        .contains("news2", "threshold", "ada-risk-test", "framingham-diabetes-2007")
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(RiskModels.byId("news2")).isInstanceOf(News2.class);
  }

  @Test
  void findsAnApplicationsModelByItsClassName() {
    assertThat(RiskModels.byId(Own.class.getName())).isInstanceOf(Own.class);
  }

  @Test
  void saysWhatThereIsWhenThereIsNone() {
    assertThatThrownBy(() -> RiskModels.byId("news3"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no model news3; there are ada-risk-test, ");
    assertThatThrownBy(() -> RiskModels.byId("com.acme.Nothing"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no class com.acme.Nothing for a model");
    assertThatThrownBy(() -> RiskModels.byId("java.lang.String"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.lang.String is no public RiskModel");
  }

  @Test
  void findsTheSameModelsFromAJarWithMuchElseInIt() throws Exception {
    Path jar = folder.resolve("fat + all.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      add(out, "META-INF/elsewhere/News3.class", new byte[0]);
      Path root = Path.of(location(RiskModels.class).toURI());
      try (var files = Files.walk(root)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          add(out, root.relativize(file).toString(), Files.readAllBytes(file));
        }
      }
    }
    URL[] urls = {jar.toUri().toURL(), location(RiskModel.class)};
    try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      Class<?> models = loader.loadClass(RiskModels.class.getName());
      assertThat(models).isNotSameAs(RiskModels.class);

      List<?> found = (List<?>) models.getMethod("all").invoke(null);

      assertThat(found)
          .extracting(model -> model.getClass().getName())
          .containsExactlyElementsOf(
              RiskModels.all().stream().map(model -> model.getClass().getName()).toList());
    }
  }

  private static URL location(Class<?> of) {
    return of.getProtectionDomain().getCodeSource().getLocation();
  }

  private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(content);
    jar.closeEntry();
  }

  @Test
  void findsTheTrendsOfOtherVitalsById() {
    for (String vital :
        List.of(
            "respiratory-rate",
            "oxygen-saturation",
            "systolic-pressure",
            "diastolic-pressure",
            "mean-pressure",
            "body-temperature")) {
      RiskModel trend = RiskModels.byId("trend-" + vital);

      assertThat(trend.id()).isEqualTo("trend-" + vital);
      assertThat(trend.card().inputs().get(0).types().get(0).name())
          .isEqualTo(vital.toUpperCase(Locale.ROOT).replace('-', '_'));
    }
    assertThatThrownBy(() -> RiskModels.byId("trend-mood")).hasMessageContaining("no model");
  }

  @Test
  void takesALimitOnAnyVitalByItsId() {
    for (String vital :
        List.of(
            "heart-rate",
            "respiratory-rate",
            "oxygen-saturation",
            "systolic-pressure",
            "diastolic-pressure",
            "mean-pressure",
            "body-temperature")) {
      assertThat(RiskModels.byId("threshold-" + vital + "-over-40").id()).contains(vital);
    }
    Questionnaire low = new Questionnaire(RiskModels.byId("threshold-oxygen-saturation-under-92"));
    Questionnaire warm = new Questionnaire(RiskModels.byId("threshold-body-temperature-over-38.5"));

    assertThat(low.answer(Map.of("spo2", 91))).containsEntry("below", true);
    assertThat(low.answer(Map.of("spo2", 92)))
        .containsEntry("below", false)
        .containsEntry("level", "LOW");
    assertThat(low.answer(Map.of()))
        .containsEntry("level_low", "LOW")
        .containsEntry("level_high", "HIGH");
    assertThat(warm.answer(Map.of("temp_c", 38.5))).containsEntry("above", false);
    assertThat(warm.answer(Map.of("temp_c", 38.6))).containsEntry("level", "HIGH");
    assertThatThrownBy(() -> RiskModels.byId("threshold-oxygen-saturation-over-101"))
        .hasMessage("threshold-oxygen-saturation-over-101: the limit is outside 0 < x <= 100 %");
    assertThatThrownBy(() -> RiskModels.byId("threshold-mood-over-3"))
        .hasMessageContaining("no model");
  }
}
