// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.operators;

import io.medflink.core.AssessCore;
import io.medflink.core.Explained;
import io.medflink.core.Inquiry;
import io.medflink.core.Panel;
import io.medflink.core.Rejected;
import io.medflink.core.RiskAssessment;
import io.medflink.core.operators.Books.Entry;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.jspecify.annotations.Nullable;

/** Sends the core's results where they belong, and keeps the books, for every host of the core. */
final class AssessOutputs implements AssessCore.Out, Inquiry {

  /** A function's context, which has no type of its own in Flink. */
  interface Side {
    <X> void output(OutputTag<X> tag, X value);
  }

  private final Books books;
  private final @Nullable String explained;
  private final Side side;
  private final Collector<RiskAssessment> out;

  /** Explains the answers about one patient, null for nobody. */
  AssessOutputs(Books books, @Nullable String explained, Side side, Collector<RiskAssessment> out) {
    this.books = books;
    this.explained = explained;
    this.side = side;
    this.out = out;
  }

  @Override
  public void assessment(RiskAssessment assessment) {
    books.add(Entry.ASSESSMENTS, 1);
    boolean amends = assessment.status().compareTo(RiskAssessment.Status.AMENDED) >= 0;
    books.add(Entry.AMENDED, amends ? 1 : 0);
    out.collect(assessment);
  }

  @Override
  public boolean explains(String patientId) {
    return patientId.equals(explained);
  }

  @Override
  public void explained(Explained why) {
    side.output(SideOutput.EXPLAINED, why);
  }

  @Override
  public void late(Panel panel) {
    books.add(Entry.LATE, panel.countedObservations());
    side.output(SideOutput.LATE, panel);
  }

  @Override
  public void rejected(Rejected rejected) {
    books.reject(rejected.code());
    side.output(SideOutput.REJECTED, rejected);
  }

  @Override
  public void counted(int used, int unused, int duplicate) {
    books.add(Entry.USED, used);
    books.add(Entry.UNUSED, unused);
    books.add(Entry.DUPLICATE, duplicate);
  }
}
