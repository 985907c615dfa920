// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SerializerTestBase;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.junit.jupiter.api.Test;

/** Flink's own contract of a serializer, with its snapshot, for an assessment. */
class RecordSerializerTest extends SerializerTestBase<RiskAssessment> {

  @Override
  protected TypeSerializer<RiskAssessment> createSerializer() {
    return TypeInformation.of(RiskAssessment.class).createSerializer(new SerializerConfigImpl());
  }

  @Override
  protected int getLength() {
    return -1;
  }

  @Override
  protected Class<RiskAssessment> getTypeClass() {
    return RiskAssessment.class;
  }

  @Override
  protected RiskAssessment[] getTestData() {
    return new RiskAssessment[] {
      assessment("hospital|1", new Prediction("score", 3, 5), new String[] {"hr"}, "why"),
      assessment("hospital|2", new Prediction("score", 0, 0), new String[0], null)
    };
  }

  @Override
  @Test
  protected void testInstantiate() {
    // Records are made of their components: Flink makes no empty one.
    assertThat(createSerializer().createInstance()).isNull();
  }

  private static RiskAssessment assessment(
      String patient, Prediction prediction, String[] missing, String reason) {
    RiskAssessment assessment =
        new RiskAssessment(
            patient,
            null,
            "main",
            "w1",
            null,
            "news2",
            "2017",
            Instant.parse("2026-03-01T08:00:00Z"),
            1,
            RiskAssessment.Status.FINAL,
            new Prediction[] {prediction},
            RiskLevel.LOW,
            RiskLevel.MEDIUM,
            missing,
            reason,
            reason == null ? null : Instant.parse("2026-03-01T08:00:01Z"),
            "monitors");
    assertThat(assessment.level()).isEqualTo(RiskLevel.UNKNOWN);
    return assessment;
  }
}
