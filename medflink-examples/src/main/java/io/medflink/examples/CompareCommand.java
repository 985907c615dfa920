// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Compares what two runs of replay say in the end; see {@link LastWords}. */
@Command(
    name = "compare",
    description = {
      "Compares two outputs of replay, files or folders, in what they say last: of assessments by"
          + " patient, encounter, model and time, of alerts by id. Revisions, their status and the"
          + " order of lines don't count, nor what was entered in error or withdrawn.",
      "A line only in A begins with <, one only in B with >, one that differs with !. The last line"
          + " on standard error is the account, as one JSON object. Exit code 0 when both say the"
          + " same, 1 when they differ, 2 when they can't be compared."
    })
final class CompareCommand implements Callable<Integer> {
  private static final JsonMapper JSON = new JsonMapper();
  private static final List<String> NAMES = List.of("assessments.ndjson", "alerts.ndjson");

  @Option(
      names = "--ignore",
      split = ",",
      paramLabel = "FIELD",
      description = "Fields that don't count, such as reason.")
  private Set<String> ignored = new TreeSet<>();

  @Option(
      names = "--tolerance",
      defaultValue = "0",
      paramLabel = "X",
      description = "By how much numbers may differ; by default ${DEFAULT-VALUE}.")
  private double tolerance;

  @Option(
      names = "--limit",
      defaultValue = "20",
      paramLabel = "N",
      description =
          "How many differences are shown, all are counted; 0 shows each. By default"
              + " ${DEFAULT-VALUE}.")
  private int limit = 20;

  @Option(
      names = {"-q", "--quiet"},
      description = "Shows none.")
  private boolean quiet;

  @Parameters(index = "0", paramLabel = "A", description = "A file, or a folder that replay wrote.")
  private @Nullable Path a;

  @Parameters(index = "1", paramLabel = "B", description = "The other one.")
  private @Nullable Path b;

  private long shown;

  @Override
  public Integer call() throws Exception {
    if (a == null || b == null) {
      throw Failure.usage("A and B are needed");
    }
    if (!(tolerance >= 0) || limit < 0) {
      throw Failure.usage("--tolerance and --limit must not be negative");
    }
    Map<String, JsonNode> left = LastWords.read(files(a));
    Map<String, JsonNode> right = LastWords.read(files(b));
    Set<String> keys = new TreeSet<>(left.keySet());
    keys.addAll(right.keySet());
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("a", (long) left.size());
    counts.put("b", (long) right.size());
    for (String count : List.of("equal", "differing", "only_in_a", "only_in_b")) {
      counts.put(count, 0L);
    }
    for (String key : keys) {
      counts.merge(compare(left.get(key), right.get(key)), 1L, Long::sum);
    }
    System.out.flush();
    System.err.println(JSON.writeValueAsString(counts));
    return counts.getOrDefault("equal", 0L) == keys.size() ? 0 : 1;
  }

  private String compare(@Nullable JsonNode left, @Nullable JsonNode right) throws Exception {
    if (right == null || left == null) {
      show((left == null ? "> " : "< ") + JSON.writeValueAsString(left == null ? right : left));
      return left == null ? "only_in_b" : "only_in_a";
    }
    Set<String> names = new TreeSet<>();
    left.fieldNames().forEachRemaining(names::add);
    right.fieldNames().forEachRemaining(names::add);
    names.removeAll(ignored);
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      JsonNode was = left.path(name);
      JsonNode is = right.path(name);
      if (!LastWords.same(was, is, tolerance)) {
        differences.add(name + " " + text(was) + " -> " + text(is));
      }
    }
    if (differences.isEmpty()) {
      return "equal";
    }
    show("! " + LastWords.title(left) + ": " + String.join(", ", differences));
    return "differing";
  }

  private static String text(JsonNode node) {
    return node.isMissingNode() ? "absent" : node.toString();
  }

  private void show(String difference) {
    if (!quiet && (limit == 0 || shown < limit)) {
      System.out.println(difference);
    }
    shown++;
  }

  private static List<Path> files(Path path) {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    List<Path> files = NAMES.stream().map(path::resolve).filter(Files::exists).toList();
    if (files.isEmpty()) {
      throw Failure.usage("no " + String.join(" and no ", NAMES) + " in " + path);
    }
    return files;
  }
}
