// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.Message;
import java.io.IOException;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.util.Collector;

/**
 * A format that also reads what a source knows of a message beside its bytes: where it stands, when
 * it was received, who sent it. Sources that know it ask for this instead of Flink's own method.
 *
 * @param <T> what messages become
 */
public interface MessageDeserializationSchema<T> extends DeserializationSchema<T> {

  /**
   * Reads a message.
   *
   * @throws IOException as Flink's own method
   */
  void read(Message message, Collector<T> out) throws IOException;
}
