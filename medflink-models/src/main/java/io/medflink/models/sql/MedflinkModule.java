// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import io.medflink.core.RiskModel;
import io.medflink.models.RiskModels;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.flink.table.functions.FunctionDefinition;
import org.apache.flink.table.module.Module;

/** Every function, by its lower-case name: the documented ones and one for each model. */
final class MedflinkModule implements Module {
  private final Map<String, FunctionDefinition> functions = new TreeMap<>();

  MedflinkModule() {
    for (RiskModel model : RiskModels.all()) {
      if (Models.isOfLatestValues(model)) {
        functions.put(model.id().replace('-', '_'), new AskModel(model));
      }
    }
    functions.put("assess", new AssessPatients());
    functions.put("raise_alerts", new RaisePatientsAlerts());
    functions.put("predict_diabetes", new PredictDiabetes());
    functions.put("predict_hypertension", new PredictHypertension());
    functions.put("optimize_resources", new OptimizeResources());
    functions.put("erlang_b", new Blocking());
    functions.put("erlang_c", new Delay());
  }

  @Override
  public Set<String> listFunctions() {
    return functions.keySet();
  }

  @Override
  public Optional<FunctionDefinition> getFunctionDefinition(String name) {
    return Optional.ofNullable(functions.get(name.toLowerCase(Locale.ROOT)));
  }
}
