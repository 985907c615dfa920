// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.core.RiskModel;
import io.medflink.models.RiskModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MainTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "assess",
        "assess --model nonsense",
        "assess --model com.acme.Nonsense",
        "assess --model news2 --nonsense",
        "models nonsense",
        "replay --format fhir-json"
      })
  void wrongUsageIsOneLineAndExitCodeTwo(String args) {
    Ran ran = Ran.command(args.split(" "));

    assertThat(ran.exit()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.errLines()).hasSize(1).first().asString().startsWith("medflink");
  }

  @Test
  void everyModelIsListedWithUseInputsUnitsAndSource() {
    Ran ran = Ran.command("models");

    assertThat(ran.exit()).isZero();
    for (RiskModel model : RiskModels.all()) {
      assertThat(ran.out()).contains(model.id() + " (" + model.version() + ")");
      model.card().inputs().forEach(input -> assertThat(ran.out()).contains(input.name() + ": "));
    }
    assertThat(ran.out()).contains("capacity-balance", "/min", "mm[Hg]", "London: RCP, 2017");
    assertThat(ran.outLines()).allMatch(line -> line.length() <= 100);
  }

  @Test
  void helpIsThereForEachCommand() {
    assertThat(Ran.command("--help").out()).contains("assess", "models");
    assertThat(Ran.command("assess", "--help").out()).contains("--model");
  }
}
