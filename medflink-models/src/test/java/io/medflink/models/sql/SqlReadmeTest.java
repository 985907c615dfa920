// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.models.RiskModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SqlReadmeTest {
  @Test
  void the_readme_lists_every_function_and_no_other() throws IOException {
    String readme = Files.readString(Path.of("README.md"));
    String table = readme.substring(readme.indexOf("| function |"), readme.indexOf("*The answer*"));
    var documented =
        Pattern.compile("^\\| `(\\w+)` \\|", Pattern.MULTILINE)
            .matcher(table)
            .results()
            .map(found -> found.group(1));
    // The table of models, held to the models by another test, lists theirs.
    var models =
        RiskModels.all().stream()
            .filter(Models::isOfLatestValues)
            .map(model -> model.id().replace('-', '_'));
    assertThat(Stream.concat(documented, models))
        .containsExactlyInAnyOrderElementsOf(new MedflinkModule().listFunctions());
  }
}
