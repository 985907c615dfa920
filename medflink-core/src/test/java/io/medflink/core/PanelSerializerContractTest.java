// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Flink's own contract of serializers. */
class PanelSerializerContractTest extends SerializerTestBase<Panel> {

  @Override
  protected TypeSerializer<Panel> createSerializer() {
    return new PanelSerializer();
  }

  @Override
  protected int getLength() {
    return -1;
  }

  @Override
  protected Class<Panel> getTypeClass() {
    return Panel.class;
  }

  @Override
  protected Panel[] getTestData() {
    RandomPanels panels = new RandomPanels(3);
    Panel[] data = new Panel[50];
    for (int i = 0; i < data.length; i++) {
      data[i] = panels.next();
    }
    return data;
  }
}
