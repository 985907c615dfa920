// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import static io.medflink.core.AlertBed.at;
import static io.medflink.core.AlertBed.ms;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FeedCoreTest {
  private final FeedCore core = new FeedCore(Duration.ofMinutes(5), Duration.ofHours(1));
  private final List<Alert> said = new ArrayList<>();
  private byte @Nullable [] state;
  private Now now = Now.replay(Long.MIN_VALUE);

  private void panel(double minutes, double received) {
    core.load("monitors", state);
    core.on(Panel.of("ward|1", at(minutes)).withReceived(at(received)), now, said::add);
    state = core.save();
  }

  private void advance(Now newNow) {
    now = newNow;
    core.load("monitors", state);
    core.advance(now, said::add);
    state = core.save();
  }

  private List<Alert.Event> events() {
    return said.stream().map(Alert::event).toList();
  }

  @Test
  void aFeedThatIsSilentForSoLongIsLostOnceAndClearedByItsNextPanel() {
    panel(0, 0);
    panel(4, 4);
    advance(Now.replay(ms(8.9)));
    assertThat(said).isEmpty();
    advance(Now.replay(ms(9)));
    advance(Now.replay(ms(30)));
    assertThat(events()).containsExactly(Alert.Event.FEED_LOST);
    assertThat(said.get(0).onset()).isEqualTo(at(4));
    assertThat(said.get(0).time()).isEqualTo(at(9));
    assertThat(said.get(0).feed()).isEqualTo("monitors");
    assertThat(said.get(0).patientId()).isNull();
    panel(40, 40);
    panel(41, 41);
    assertThat(events()).containsExactly(Alert.Event.FEED_LOST, Alert.Event.CLEARED);
    assertThat(said.get(1).id()).isEqualTo(said.get(0).id());
  }

  @Test
  void aPanelThatComesLateWithdrawsASilenceThatWasNone() {
    panel(0, 0);
    advance(Now.replay(ms(6)));
    panel(4, 7);
    assertThat(events()).containsExactly(Alert.Event.FEED_LOST, Alert.Event.WITHDRAWN);
  }

  @Test
  void inLiveModeItFallsDueByTheClockAndALaggingFeedIsNotLost() {
    now = new Now(Long.MIN_VALUE, ms(60));
    panel(0, 60);
    advance(new Now(Long.MIN_VALUE, ms(64.9)));
    assertThat(said).isEmpty();
    advance(new Now(Long.MIN_VALUE, ms(65)));
    assertThat(events()).containsExactly(Alert.Event.FEED_LOST);
    assertThat(core.wake()).isEqualTo(ms(5));
    assertThat(core.lag()).isEqualTo(Duration.ofHours(1).toMillis());
  }

  @Test
  void everyOrderTellsTheSameSilences() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<Double> minutes = new ArrayList<>();
      for (int i = 0; i < 25; i++) {
        minutes.add(random.nextInt(1200) / 10.0);
      }
      Map<String, Alert.Event> expected = new TreeMap<>();
      List<Double> sorted = minutes.stream().sorted().toList();
      for (int i = 0; i < sorted.size(); i++) {
        double next = i + 1 < sorted.size() ? sorted.get(i + 1) : 1000;
        boolean silent = Math.round((next - sorted.get(i)) * 60_000) > 300_000;
        if (silent) {
          expected.put(
              Episode.id("", "monitors", true, ms(sorted.get(i))),
              next == 1000 ? Alert.Event.FEED_LOST : Alert.Event.CLEARED);
        }
      }
      state = null;
      said.clear();
      now = Now.replay(Long.MIN_VALUE);
      Collections.shuffle(minutes, random);
      for (double minute : minutes) {
        panel(minute, minute);
        if (random.nextInt(5) == 0) {
          advance(Now.replay(ms(random.nextInt(50))));
        }
      }
      advance(Now.replay(ms(160)));
      Map<String, Alert.Event> last = new TreeMap<>();
      said.forEach(alert -> last.put(alert.id(), alert.event()));
      last.values().removeIf(event -> event == Alert.Event.WITHDRAWN);
      assertThat(last).as("seed %d", seed).isEqualTo(expected);
    }
  }
}
