// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.flink.annotation.Internal;
import org.jspecify.annotations.Nullable;

/**
 * Which record each retired one belongs to, as merges, moves and un-merges told, in whatever order
 * they came: of several about one record the one counts that was recorded last. A merge of a merge
 * leads to the last survivor; where merges lead round in a circle, its least key survives.
 */
@Internal
public final class IdentityLinks {
  private static final Comparator<Movement> RECORDED =
      Comparator.<Movement>comparingLong(IdentityLinks::recorded)
          .thenComparing(Movement::occurred)
          .thenComparing(Movement::kind)
          .thenComparing(m -> text(m.patientId()));

  private static final Comparator<Node> ORDER =
      Comparator.comparing(Node::patientId).thenComparing(node -> text(node.encounter()));

  /** What was told last of each record: of a patient, or of one stay of a patient. */
  private final Map<Node, Movement> told = new HashMap<>();

  /** The records that were last told to belong to a patient. */
  private final Map<String, TreeSet<Node>> owned = new HashMap<>();

  /** A record that may belong to another patient: all of a patient's, or one stay. */
  private record Node(String patientId, @Nullable String encounter) {}

  /** Whether a movement is about whose record something is. */
  public static boolean isAbout(Movement movement) {
    return switch (movement.kind()) {
      case MERGE, UNMERGE, MOVE ->
          movement.patientId() != null && movement.otherPatientId() != null;
      default -> false;
    };
  }

  private static Node node(Movement movement) {
    String retired = text(movement.otherPatientId());
    return new Node(retired, movement.kind() == Movement.Kind.MOVE ? stay(movement) : null);
  }

  /** The stay that moves, by the number that it had. */
  private static @Nullable String stay(Movement move) {
    return move.otherEncounter() == null ? move.encounter() : move.otherEncounter();
  }

  private static long recorded(Movement movement) {
    return (movement.recorded() == null ? movement.occurred() : movement.recorded()).toEpochMilli();
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** The name of the record that a movement is about, one for all that are about it. */
  public static String record(Movement movement) {
    Node node = node(movement);
    return node.patientId() + (node.encounter() == null ? "" : "\n" + node.encounter());
  }

  /** What was told last of the record that a movement is about; the movement where nothing was. */
  public Movement told(Movement movement) {
    return told.getOrDefault(node(movement), movement);
  }

  /** Takes a movement that was told before a restart. */
  public void restore(Movement movement) {
    put(node(movement), movement);
  }

  /** Keeps a movement if it is the last about its record; whether it is. */
  private boolean put(Node node, Movement movement) {
    Movement kept = told.get(node);
    if (kept != null && RECORDED.compare(movement, kept) <= 0) {
      return false;
    }
    if (kept != null) {
      owned.getOrDefault(text(kept.patientId()), new TreeSet<>(ORDER)).remove(node);
    }
    told.put(node, movement);
    owned.computeIfAbsent(text(movement.patientId()), key -> new TreeSet<>(ORDER)).add(node);
    return true;
  }

  /**
   * Takes a movement.
   *
   * @return for each record that belongs elsewhere now a {@link Movement.Kind#MERGE}: {@code
   *     otherPatientId} (its stay {@code encounter}, where one is told) belongs to {@code
   *     patientId}, which is itself where it was set free again; {@code otherEncounter} is the
   *     stay's number there, where it has another one
   */
  public List<Movement> add(Movement movement) {
    Node node = node(movement);
    Map<Node, String> before = owners(node);
    if (!put(node, movement)) {
      return List.of();
    }
    List<Movement> changes = new ArrayList<>();
    Map<Node, String> after = owners(node);
    after.forEach(
        (record, owner) -> {
          if (!owner.equals(before.get(record))) {
            changes.add(change(movement, record, owner));
          }
        });
    return changes;
  }

  /** Whose a record is and whose all are that lead to it. */
  private Map<Node, String> owners(Node node) {
    Map<Node, String> owners = new TreeMap<>(ORDER);
    collect(node, owners);
    return owners;
  }

  private void collect(Node node, Map<Node, String> owners) {
    if (owners.containsKey(node)) {
      return;
    }
    owners.put(node, owner(node));
    if (node.encounter() == null) {
      for (Node leading : owned.getOrDefault(node.patientId(), new TreeSet<>(ORDER))) {
        collect(leading, owners);
      }
    }
  }

  private String owner(Node node) {
    Movement movement = told.get(node);
    return movement == null || movement.kind() == Movement.Kind.UNMERGE
        ? node.patientId()
        : owner(text(movement.patientId()));
  }

  private String owner(String patientId) {
    TreeSet<String> passed = new TreeSet<>();
    String at = patientId;
    while (passed.add(at)) {
      Movement next = told.get(new Node(at, null));
      if (next == null || next.kind() == Movement.Kind.UNMERGE) {
        return at;
      }
      at = text(next.patientId());
    }
    return circle(at);
  }

  private String circle(String start) {
    String least = start;
    String at = start;
    do {
      least = at.compareTo(least) < 0 ? at : least;
      Movement next = told.get(new Node(at, null));
      at = next == null ? start : text(next.patientId());
    } while (!at.equals(start));
    return least;
  }

  private Movement change(Movement cause, Node record, String owner) {
    Movement last = told.get(record);
    return new Movement(
        Movement.Kind.MERGE,
        owner,
        record.patientId(),
        record.encounter(),
        last == null || last.otherEncounter() == null ? null : last.encounter(),
        null,
        null,
        null,
        null,
        cause.occurred(),
        cause.recorded(),
        cause.received(),
        cause.feed());
  }
}
