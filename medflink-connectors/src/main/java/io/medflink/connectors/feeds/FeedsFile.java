// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.feeds;

import io.medflink.connectors.feeds.Profile.TimeField;
import io.medflink.core.Observation.Method;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads and checks the YAML of {@link Feeds}. Errors name the line. */
final class FeedsFile {
  private static final Set<String> TOP = Set.of("version", "feeds");
  private static final Set<String> FEED =
      Set.of(
          "senders",
          "zone",
          "authorities",
          "processing",
          "test_patients",
          "codes",
          "times",
          "tolerance",
          "interval",
          "method",
          "character_set");
  private static final Set<String> SENDER = Set.of("application", "facility", "certificate");

  private final @Nullable Path folder;
  private final Map<String, Profile> profiles = new LinkedHashMap<>();
  private final Map<Sender, Profile> senders = new LinkedHashMap<>();

  FeedsFile(@Nullable Path folder) {
    this.folder = folder;
  }

  @SuppressWarnings("UnusedException") // the library's messages quote the file
  Feeds read(Reader reader) throws IOException {
    LoaderOptions options = new LoaderOptions();
    options.setNestingDepthLimit(10);
    Node root;
    try {
      root = new Yaml(new SafeConstructor(options)).compose(reader);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new IllegalArgumentException("line " + line + ": not YAML");
    } catch (YAMLException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalArgumentException("line 1: not YAML");
    }
    if (root == null) {
      throw new IllegalArgumentException("line 1: the file is empty");
    }
    Entries top = Entries.of(root, TOP);
    if (!"1".equals(top.text("version"))) {
      throw top.error("version", "version has to be 1");
    }
    Entries feeds = Entries.of(top.needed("feeds"), null);
    for (String name : feeds.names()) {
      add(name, Entries.of(feeds.needed(name), FEED));
    }
    if (profiles.isEmpty()) {
      throw top.error("feeds", "no feed");
    }
    return new Feeds(profiles, senders);
  }

  private void add(String name, Entries feed) {
    Map<String, String> authorities = new LinkedHashMap<>();
    Entries sent = Entries.of(feed.needed("authorities"), null);
    for (String authority : sent.names()) {
      String key = sent.text(authority);
      if (key == null || key.isBlank() || key.contains("|")) {
        throw sent.error(authority, "an authority's name is not empty and has no bar");
      }
      authorities.put(authority, key);
    }
    if (authorities.isEmpty()) {
      throw feed.error("authorities", "no authority: every patient would be refused");
    }
    Profile defaults = Profile.of(name);
    List<String> processing = feed.texts("processing");
    String codes = feed.text("codes");
    String zone = feed.text("zone");
    Profile profile =
        new Profile(
            name,
            zone == null ? null : feed.parse("zone", "no time zone", FeedsFile::zone),
            authorities,
            false,
            processing.isEmpty() ? defaults.processing() : new LinkedHashSet<>(processing),
            new LinkedHashSet<>(feed.texts("test_patients")),
            codes == null || folder == null ? codes : folder.resolve(codes).toString(),
            times(feed, defaults),
            duration(feed, "tolerance", defaults.tolerance()),
            feed.text("interval") == null ? null : duration(feed, "interval", Duration.ZERO),
            method(feed),
            feed.text("character_set") == null
                ? defaults.characterSet()
                : feed.parse("character_set", "no character set", FeedsFile::characterSet));
    profiles.put(name, profile);
    for (Node node : feed.list("senders", true)) {
      Entries s = Entries.of(node, SENDER);
      String subject =
          s.text("certificate") == null
              ? null
              : s.parse("certificate", "no subject such as CN=monitor,O=General", Sender::subject);
      Sender sender = new Sender(s.text("application"), s.text("facility"), subject);
      boolean byCertificate = sender.certificate() != null;
      if (byCertificate == (sender.weight() > 0)) {
        throw Entries.error(
            node, "a sender has an application, a facility or both, or a certificate");
      }
      if (senders.putIfAbsent(sender, profile) != null) {
        throw Entries.error(node, "this sender was named before");
      }
    }
  }

  private static ZoneId zone(String text) {
    try {
      return ZoneId.of(text);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("no time zone", e);
    }
  }

  private static String characterSet(String text) {
    return Charset.forName(text).name();
  }

  private static List<TimeField> times(Entries feed, Profile defaults) {
    List<TimeField> times = new ArrayList<>();
    for (String text : feed.texts("times")) {
      TimeField found = null;
      for (TimeField field : TimeField.values()) {
        found = field.name().equals(text.replace('-', '_')) ? field : found;
      }
      if (found == null || times.contains(found)) {
        throw feed.error("times", "times are OBX-14, SPM-17 and OBR-7, each once");
      }
      times.add(found);
    }
    return times.isEmpty() ? defaults.times() : times;
  }

  private static Duration duration(Entries feed, String name, Duration otherwise) {
    if (feed.text(name) == null) {
      return otherwise;
    }
    Duration duration = feed.parse(name, "no duration such as PT5M", FeedsFile::duration);
    if (duration.isNegative()) {
      throw feed.error(name, name + " is negative");
    }
    return duration;
  }

  private static Duration duration(String text) {
    try {
      return Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("no duration", e);
    }
  }

  private static @Nullable Method method(Entries feed) {
    String method = feed.text("method");
    if (method == null) {
      return null;
    }
    return switch (method) {
      case "device" -> Method.DEVICE;
      case "manual" -> Method.MANUAL;
      default -> throw feed.error("method", "method is device or manual");
    };
  }
}
