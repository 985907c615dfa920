// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import io.medflink.core.Cleaner;
import io.medflink.core.Decoder;
import io.medflink.core.Message;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import org.jspecify.annotations.Nullable;

/**
 * HL7 v2 in tables, whose feed profiles name code maps: a value that these and the canonical codes
 * and units tell wholly comes canonical, any other as sent, for whoever knows more to refuse.
 */
record MappedHl7v2(Hl7v2 decoder, Cleaner cleaner) implements Decoder {
  private static final long serialVersionUID = 1;

  @Override
  public void decode(Message message, Out out) {
    decoder.decode(
        message,
        Out.of(
            panel -> out.panel(mapped(panel)),
            out::movement,
            out::control,
            out::ignored,
            out::rejected));
  }

  private Panel mapped(Panel panel) {
    Observation[] mapped = panel.observations().clone();
    for (int i = 0; i < mapped.length; i++) {
      mapped[i] = mapped(panel, mapped[i]);
    }
    return panel.withObservations(mapped);
  }

  private Observation mapped(Panel panel, Observation sent) {
    @Nullable Observation[] clean = new @Nullable Observation[1];
    boolean[] refused = new boolean[1];
    cleaner.clean(
        panel.withObservations(sent),
        one -> clean[0] = one.observations()[0],
        rejected -> refused[0] = true);
    Observation found = clean[0];
    return found == null || refused[0] ? sent : found;
  }
}
