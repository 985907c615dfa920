// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.Collection;
import java.util.List;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/** Where {@link IdentityCore} keeps what it knows of the current record, each host in its way. */
@Internal
public interface IdentityState {
  /** The current record's own key. */
  String patientId();

  /** Where a stay belongs, or all of the record for an empty name; null when nothing was told. */
  @Nullable HandOver redirect(String stay) throws Exception;

  /** Puts where a stay, or all of the record, belongs. */
  void redirect(String stay, HandOver to) throws Exception;

  /** Remembers an event; whether one that equals it is remembered twice is the host's choice. */
  void remember(ChartEvent event) throws Exception;

  /** All that is remembered, by time. */
  List<ChartEvent> remembered() throws Exception;

  /** Forgets what happened up to a time, in milliseconds, as far as the host can find it. */
  List<ChartEvent> forget(long horizon) throws Exception;

  /** The newest forgotten value of a code; null when there is none. */
  @Nullable Panel newest(String code) throws Exception;

  /** Puts the newest forgotten value of a code. */
  void newest(String code, Panel value) throws Exception;

  /** The newest forgotten value of each code. */
  Collection<Panel> newest() throws Exception;
}
