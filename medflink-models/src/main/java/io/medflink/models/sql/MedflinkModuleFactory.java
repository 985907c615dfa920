// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.sql;

import java.util.Set;
import org.apache.flink.annotation.Internal;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.factories.ModuleFactory;
import org.apache.flink.table.module.Module;

/** {@code LOAD MODULE medflink;} It has no options. */
@Internal
public final class MedflinkModuleFactory implements ModuleFactory {
  @Override
  public String factoryIdentifier() {
    return "medflink";
  }

  @Override
  public Module createModule(Context context) {
    FactoryUtil.createModuleFactoryHelper(this, context).validate();
    return new MedflinkModule();
  }

  @Override
  public Set<ConfigOption<?>> requiredOptions() {
    return Set.of();
  }

  @Override
  public Set<ConfigOption<?>> optionalOptions() {
    return Set.of();
  }
}
