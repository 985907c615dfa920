// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.feeds;

import io.medflink.core.CodeMap;
import io.medflink.core.ObservationType;
import java.io.IOException;
import java.io.Reader;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The profiles of all senders: one strict YAML file.
 *
 * <pre>{@code
 * version: 1
 * feeds:
 *   bedside:                                  # the feed's name
 *     senders:                                # any of these; what isn't said may be anything
 *       - {application: MONITOR, facility: GENERAL}
 *       - {certificate: "CN=monitor,O=General"}   # shown over MLLP; goes first
 *     zone: Europe/Berlin                     # of times that state none
 *     authorities:                            # by priority: as sent, then as in patient keys
 *       GENERAL MRN: mrn
 *       ^NH: nhs                              # any authority, identifier type NH
 *     processing: [P]                         # MSH-11 of real traffic; P when absent
 *     test_patients: ["mrn|99*"]
 *     codes: bedside.csv                      # the code map, beside this file
 *     times: [OBX-14, SPM-17, OBR-7]          # where the event time stands, this order when absent
 *     tolerance: PT5M                         # into the future, 5 minutes when absent
 *     interval: PT1M                          # how often it is expected to send
 *     method: device                          # or manual
 *     character_set: ISO-8859-1               # without MSH-18; UTF-8 when absent
 * }</pre>
 *
 * <p>A name that isn't listed here, one that comes twice, a value of the wrong kind, a sender of
 * two feeds: errors that name the line. {@code senders} and {@code authorities} are needed.
 */
public final class Feeds implements Serializable {
  private static final long serialVersionUID = 1;

  private final Map<String, Profile> profiles;
  private final Map<Sender, Profile> senders;

  Feeds(Map<String, Profile> profiles, Map<Sender, Profile> senders) {
    this.profiles = new LinkedHashMap<>(profiles);
    this.senders = new LinkedHashMap<>(senders);
  }

  /**
   * Reads a feeds file. Code maps are looked for beside it.
   *
   * @throws IOException when the file can't be read or isn't UTF-8
   * @throws IllegalArgumentException when a line is wrong: it is named, with the reason
   */
  public static Feeds read(Path file) throws IOException {
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return new FeedsFile(file.toAbsolutePath().getParent()).read(reader);
    }
  }

  /**
   * Reads feeds; the reader is left open. Paths of code maps stay as written.
   *
   * @throws IOException when the text can't be read
   * @throws IllegalArgumentException when a line is wrong: it is named, with the reason
   */
  public static Feeds read(Reader yaml) throws IOException {
    return new FeedsFile(null).read(yaml);
  }

  /** The names of all feeds, as in the file. */
  public List<String> names() {
    return new ArrayList<>(profiles.keySet());
  }

  /** The profile of a feed, or null. */
  public @Nullable Profile named(String feed) {
    return profiles.get(feed);
  }

  /**
   * The profile of a sender by MSH-3 and MSH-4: the one that says most about it, or null.
   *
   * @param application any of its names, such as namespace and universal id
   * @param facility any of its names
   */
  public @Nullable Profile ofSender(Set<String> application, Set<String> facility) {
    Profile best = null;
    int weight = 0;
    for (Map.Entry<Sender, Profile> known : senders.entrySet()) {
      Sender s = known.getKey();
      boolean fits =
          (s.application() == null || application.contains(s.application()))
              && (s.facility() == null || facility.contains(s.facility()));
      if (fits && s.weight() > weight) {
        best = known.getValue();
        weight = s.weight();
      }
    }
    return best;
  }

  /** The profile of a client certificate's subject (RFC 2253), or null. */
  public @Nullable Profile ofCertificate(String subject) {
    for (Map.Entry<Sender, Profile> known : senders.entrySet()) {
      if (subject.equals(known.getKey().certificate())) {
        return known.getValue();
      }
    }
    return null;
  }

  /** Whether any profile names a code map. */
  public boolean hasCodes() {
    return profiles.values().stream().anyMatch(profile -> profile.codes() != null);
  }

  /**
   * The code maps that the profiles name, as one; a row that states no feed is about the feed whose
   * profile names its file.
   *
   * @param own the application's own types, whose codes the maps may use
   * @throws IOException when a map can't be read or isn't UTF-8
   * @throws IllegalArgumentException when a line is wrong: it is named, with the feed and the
   *     reason
   */
  public CodeMap codeMap(ObservationType... own) throws IOException {
    Map<String, Path> files = new LinkedHashMap<>();
    for (Profile profile : profiles.values()) {
      if (profile.codes() != null) {
        files.put(profile.feed(), Path.of(profile.codes()));
      }
    }
    return CodeMap.ofFeeds(files, own);
  }

  /**
   * How long each feed may be silent that says how often it sends, for {@code
   * WatchFeeds.withSilence}.
   *
   * @param missed after how many times of its interval it counts as lost, at least 1
   */
  public Map<String, Duration> silences(int missed) {
    Map<String, Duration> silences = new LinkedHashMap<>();
    for (Profile profile : profiles.values()) {
      if (profile.interval() != null) {
        silences.put(profile.feed(), profile.interval().multipliedBy(missed));
      }
    }
    return silences;
  }

  /** How many; never what they say. */
  @Override
  public String toString() {
    return "Feeds[" + profiles.size() + "]";
  }
}
