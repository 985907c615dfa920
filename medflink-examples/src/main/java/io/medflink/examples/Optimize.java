// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.core.CapacityAdvice;
import io.medflink.core.Census;
import io.medflink.models.capacity.CapacityBalance;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Scenario 3: what each ward's beds and doctors can carry, and what its demand asks for. */
public final class Optimize {
  private Optimize() {}

  /** The job apart from source and sink. */
  public static SingleOutputStreamOperator<CapacityAdvice> build(DataStream<Census> wards) {
    CapacityBalance model = new CapacityBalance();
    return wards.map(model::advise).returns(CapacityAdvice.class).uid("advise");
  }
}
