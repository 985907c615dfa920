// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.core.Observation.Comparator;
import io.medflink.core.Observation.Status;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for every panel, on generated ones. */
final class CleanerLawsTest {
  private static final String[] CODES = {
    "8867-4",
    "8310-5",
    "2708-6",
    "2345-7",
    "14749-6",
    "4548-4",
    "59261-8",
    "9269-2",
    "67775-7",
    "21112-8",
    "46098-0",
    "1-8",
    "8867-5",
    "medflink:oxygen-device",
    "medflink:mine",
    null
  };
  private static final String[] UNITS = {
    "/min", "Cel", "[degF]", "K", "%", "1", "mg/dL", "mmol/L", "mmol/mol", "{score}", "bpm", null
  };
  private static final String[] TEXTS = {"A", "F", "yes", "air", "1980-02-29", "wach", "", null};
  private static final String[] LOCAL = {"TEMP", "AVPU", "E11", "X", null};
  private static final double[] VALUES = {
    Double.NaN, 0, -1, 15, 37, 60, 98.6, 300, 1e9, Double.POSITIVE_INFINITY
  };

  private final Random random = new Random(20260101);

  @Test
  void everyObservationIsUsedOrRejectedAndCleaningTwiceChangesNothing() throws Exception {
    Cleaner cleaner =
        Cleaner.with(
            CodeMapTest.map(
                ",,TEMP,8310-5,,Cel,,",
                ",,TEMP,8310-5,bpm,K,,",
                ",,AVPU,67775-7,,,wach,A",
                ",,E11,medflink:diabetes,,,,yes",
                ",,,8867-4,bpm,/min,,"));
    int used = 0;
    int refused = 0;
    for (int n = 0; n < 20_000; n++) {
      Panel panel = panel();
      List<Panel> out = new ArrayList<>();
      List<Rejected> rejects = new ArrayList<>();
      cleaner.clean(panel, out::add, rejects::add);
      assertThat(out).hasSizeLessThanOrEqualTo(1);
      int kept = out.isEmpty() ? 0 : out.get(0).countedObservations();
      assertThat(kept + rejects.size()).isEqualTo(panel.observations().length);
      used += kept;
      refused += rejects.size();
      if (!out.isEmpty()) {
        List<Panel> again = new ArrayList<>();
        cleaner.clean(out.get(0), again::add, r -> assertThat(r).isNull());
        assertThat(again.get(0)).isSameAs(out.get(0));
      }
    }
    assertThat(used).isGreaterThan(5_000);
    assertThat(refused).isGreaterThan(5_000);
  }

  @Test
  void aPanelThatNeedsNothingCostsNoAllocation() throws Exception {
    Cleaner cleaner = Cleaner.with(CodeMapTest.map(",,,8310-5,F,[degF],,", "x,,HR,8867-4,,,,"));
    Panel clean =
        Panel.of(
                "mrn|1",
                Instant.EPOCH,
                Observation.of(Vital.HEART_RATE, 60),
                Observation.of(Vital.BODY_TEMPERATURE, 37),
                Observation.coded(Vital.CONSCIOUSNESS, "A"))
            .withReceived(Instant.EPOCH);
    assertThat(bytesPerPanel(cleaner, clean)).isLessThan(1);
  }

  @Test
  void aConversionSeenBeforeCostsTheNewPanelAlone() {
    Observation sent = Observation.of("8310-5", 98.6, "[degF]");
    Panel panel = Panel.of("mrn|1", Instant.EPOCH, sent);
    // One Observation (104 bytes), one Panel (64), one array (24), with compressed references.
    assertThat(bytesPerPanel(Cleaner.with(CodeMap.none()), panel)).isLessThan(200);
  }

  private static double bytesPerPanel(Cleaner cleaner, Panel panel) {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    int rounds = 100_000;
    long allocated = 0;
    for (int round = 0; round < 3; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < rounds; i++) {
        cleaner.clean(panel, p -> {}, r -> {});
      }
      allocated = threads.getCurrentThreadAllocatedBytes() - before;
    }
    return allocated / (double) rounds;
  }

  private Panel panel() {
    Observation[] observations = new Observation[random.nextInt(5)];
    for (int i = 0; i < observations.length; i++) {
      observations[i] = observation();
    }
    Instant time = random.nextInt(20) == 0 ? Instant.MAX : Instant.EPOCH;
    return Panel.of(random.nextInt(20) == 0 ? "" : "mrn|1", time, observations)
        .withFeed(random.nextBoolean() ? null : "icu")
        .withReceived(random.nextBoolean() ? null : Instant.EPOCH);
  }

  private Observation observation() {
    double value = VALUES[random.nextInt(VALUES.length)];
    return new Observation(
        pick(CODES),
        value,
        pick(TEXTS),
        pick(UNITS),
        Status.values()[random.nextInt(4)],
        pick(LOCAL),
        pick(LOCAL),
        pick(UNITS),
        pick(TEXTS),
        null,
        random.nextInt(4) == 0 ? Comparator.values()[random.nextInt(4)] : null,
        random.nextBoolean() ? Double.NaN : 1,
        Double.NaN,
        null,
        null,
        0);
  }

  private String pick(String[] from) {
    return from[random.nextInt(from.length)];
  }
}
