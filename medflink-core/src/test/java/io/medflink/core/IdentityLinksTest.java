// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which record belongs to whom is the same for every order in which merges arrive. */
class IdentityLinksTest {

  public static Movement merge(Movement.Kind kind, String retired, String survivor, int minute) {
    return merge(kind, retired, survivor, null, minute);
  }

  private static Movement merge(
      Movement.Kind kind, String retired, String survivor, String encounter, int minute) {
    return new Movement(
        kind,
        survivor,
        retired,
        encounter,
        null,
        null,
        null,
        null,
        null,
        Bedside.minute(minute),
        null,
        null,
        "adt");
  }

  private static Map<String, String> owners(List<Movement> told) {
    IdentityLinks links = new IdentityLinks();
    Map<String, String> owners = new HashMap<>();
    for (Movement movement : told) {
      for (Movement change : links.add(movement)) {
        String record =
            change.otherPatientId() + (change.encounter() == null ? "" : "#" + change.encounter());
        owners.put(record, change.patientId());
      }
    }
    owners.entrySet().removeIf(e -> e.getKey().split("#", 2)[0].equals(e.getValue()));
    return owners;
  }

  @Test
  void aMergeOfAMergeLeadsToTheLastSurvivor() {
    assertThat(
            owners(
                List.of(
                    merge(Movement.Kind.MERGE, "a", "b", 1),
                    merge(Movement.Kind.MERGE, "b", "c", 2))))
        .containsExactlyInAnyOrderEntriesOf(Map.of("a", "c", "b", "c"));
  }

  @Test
  void anUnmergeSetsFreeAndALaterMergeBindsAgain() {
    List<Movement> told = new ArrayList<>();
    told.add(merge(Movement.Kind.MERGE, "a", "b", 1));
    told.add(merge(Movement.Kind.UNMERGE, "a", "b", 2));
    assertThat(owners(told)).isEmpty();
    told.add(merge(Movement.Kind.MERGE, "a", "c", 3));
    assertThat(owners(told)).containsExactlyEntriesOf(Map.of("a", "c"));
  }

  @Test
  void aMoveConcernsOneStay() {
    assertThat(owners(List.of(merge(Movement.Kind.MOVE, "a", "b", "e1", 1))))
        .containsExactlyEntriesOf(Map.of("a#e1", "b"));
  }

  @Test
  void aStayMovesUnderTheNumberThatItHad() {
    Movement move = merge(Movement.Kind.MOVE, "a", "b", "new", 1).withEncounters("new", "old");
    Movement change = new IdentityLinks().add(move).get(0);
    assertThat(change.encounter()).isEqualTo("old");
    assertThat(change.otherEncounter()).isEqualTo("new");
  }

  @Test
  void aCircleHasOneSurvivor() {
    assertThat(
            owners(
                List.of(
                    merge(Movement.Kind.MERGE, "b", "a", 1),
                    merge(Movement.Kind.MERGE, "a", "c", 2),
                    merge(Movement.Kind.MERGE, "c", "b", 3))))
        .containsExactlyInAnyOrderEntriesOf(Map.of("b", "a", "c", "a"));
  }

  @Test
  void theOrderOfArrivalDoesNotMatter() {
    Movement.Kind[] kinds = {Movement.Kind.MERGE, Movement.Kind.UNMERGE, Movement.Kind.MOVE};
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      List<Movement> told = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        told.add(
            merge(
                kinds[Math.min(random.nextInt(3), random.nextInt(3))],
                "p" + random.nextInt(5),
                "p" + random.nextInt(5),
                "e" + random.nextInt(2),
                random.nextInt(30)));
      }
      Map<String, String> expected = owners(told);
      told.addAll(told.subList(0, 3));
      Collections.shuffle(told, random);
      assertThat(owners(told)).as("seed %d", seed).isEqualTo(expected);
    }
  }
}
