// SPDX-License-Identifier: Apache-2.0
package io.medflink.models;

import io.medflink.core.AssessCore;
import io.medflink.core.AssessOptions;
import io.medflink.core.AssessState;
import io.medflink.core.EventTimeCore;
import io.medflink.core.Explained;
import io.medflink.core.Inquiry;
import io.medflink.core.Now;
import io.medflink.core.Panel;
import io.medflink.core.Rejected;
import io.medflink.core.RiskAssessment;
import io.medflink.core.RiskModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** A host of the core for one patient, with state in maps; its timers follow the watermark. */
final class Ward implements AssessCore.Out, AssessState, Inquiry {
  final List<Panel> late = new ArrayList<>();
  final List<Rejected> rejected = new ArrayList<>();
  final Map<String, NavigableMap<Long, RiskAssessment>> last = new HashMap<>();
  final List<Explained> explained = new ArrayList<>();
  boolean explains;
  private final Map<Long, byte[]> moments = new HashMap<>();
  private final Map<String, byte[]> rings = new HashMap<>();
  private final TreeSet<Long> timers = new TreeSet<>();
  private final AssessOptions options;
  private final List<RiskModel> models;
  private byte[] head;
  private AssessCore core;
  private long watermark = Long.MIN_VALUE;

  Ward(AssessOptions options, RiskModel... models) {
    this.options = options;
    this.models = List.of(models);
    restore();
  }

  /** Goes on from its state with a new core. */
  void restore() {
    core = new AssessCore(models, options, this);
  }

  void send(Panel panel) {
    core.on(panel, Now.replay(watermark), this);
    setTimers();
  }

  void watermark(long time) {
    watermark = Math.max(watermark, time);
    while (!timers.isEmpty() && timers.first() <= watermark) {
      timers.pollFirst();
      core.advance(Now.replay(watermark), this);
      setTimers();
    }
  }

  private void setTimers() {
    for (long t = core.wake(); t != EventTimeCore.NEVER; t = core.wake()) {
      timers.add(t);
    }
  }

  /** The last answers of a model by moment, without those that were withdrawn. */
  NavigableMap<Long, RiskAssessment> last(RiskModel model) {
    return last.getOrDefault(model.id(), new TreeMap<>());
  }

  @Override
  public void assessment(RiskAssessment assessment) {
    NavigableMap<Long, RiskAssessment> answers =
        last.computeIfAbsent(assessment.model(), id -> new TreeMap<>());
    if (assessment.status() == RiskAssessment.Status.ENTERED_IN_ERROR) {
      answers.remove(assessment.time().toEpochMilli());
    } else {
      answers.put(assessment.time().toEpochMilli(), assessment);
    }
  }

  @Override
  public boolean explains(String patientId) {
    return explains;
  }

  @Override
  public void explained(Explained why) {
    explained.add(why);
  }

  @Override
  public void late(Panel panel) {
    late.add(panel);
  }

  @Override
  public void rejected(Rejected observation) {
    rejected.add(observation);
  }

  @Override
  public void counted(int used, int unused, int duplicate) {}

  @Override
  public String patientId() {
    return "ward|1";
  }

  @Override
  public byte[] head() {
    return head;
  }

  @Override
  public void head(byte[] bytes) {
    head = bytes;
  }

  @Override
  public byte[] moment(long time) {
    return moments.get(time);
  }

  @Override
  public void moment(long time, byte[] bytes) {
    moments.put(time, bytes);
  }

  @Override
  public void removeMoment(long time) {
    moments.remove(time);
  }

  @Override
  public byte[] ring(String code) {
    return rings.get(code);
  }

  @Override
  public void ring(String code, byte[] bytes) {
    rings.put(code, bytes);
  }

  @Override
  public void clear() {
    head = null;
    moments.clear();
    rings.clear();
  }
}
