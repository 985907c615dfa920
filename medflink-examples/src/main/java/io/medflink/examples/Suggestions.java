// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.core.Cleaner;
import io.medflink.core.CodeMap;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import io.medflink.core.RejectCode;
import io.medflink.core.Rejected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a code map lacks, as its rows to fill in: the most frequent first, with the columns {@code
 * count} and {@code lacks} behind, which a code map ignores.
 *
 * <p>The rows that lack {@code loinc} come from a local code, those that lack {@code unit} from a
 * unit that is not UCUM (or none), those that lack {@code value} from a coded text; {@code code} is
 * for values without a code, which no map can help.
 *
 * <p>Of the patient nothing: numbers never stand there, and a text only where a coded value is
 * wanted and it looks like a word of a list: up to 40 characters, no two digits in a row, no
 * address. The rest counts in a row without its text.
 */
final class Suggestions {
  private static final String HEADER =
      "feed,system,code,loinc,local_unit,unit,local_value,value,count,lacks";
  private static final Pattern INDEX = Pattern.compile("observations\\[(\\d+)\\].*");
  private static final Pattern WORD = Pattern.compile("(?!.*\\d\\d)[^\\p{Cntrl}@]{1,40}");

  /** Beyond this a sender's codes are no list: they count in the last row. */
  private static final int MOST = 100_000;

  private record Lack(
      String feed, String system, String code, String unit, String text, String lacks) {}

  private static final Lack OTHER = new Lack("", "", "", "", "", "other");

  private final Cleaner cleaner;
  private final Map<Lack, Long> counts = new HashMap<>();

  Suggestions(CodeMap codes) {
    cleaner = Cleaner.with(codes);
  }

  /** Cleans a panel, and notes what the code map lacks for it. */
  void clean(Panel panel, Consumer<Panel> panels, Consumer<Rejected> rejects) {
    cleaner.clean(
        panel,
        panels,
        rejected -> {
          note(rejected, panel);
          rejects.accept(rejected);
        });
  }

  /** Notes what a decoder rejects because the code map lacks it. */
  void note(Rejected rejected) {
    note(rejected, null);
  }

  private void note(Rejected r, @Nullable Panel panel) {
    String lacks =
        switch (r.code()) {
          case UNMAPPED_CODE -> r.localCode() == null ? "code" : "loinc";
          case UNMAPPED_UNIT -> "unit";
          case UNMAPPED_VALUE -> "value";
          default -> "";
        };
    if (!lacks.isEmpty()) {
      Lack lack =
          new Lack(
              orEmpty(r.feed()),
              orEmpty(r.localSystem()),
              orEmpty(r.localCode()),
              orEmpty(r.localUnit()),
              panel == null || r.code() != RejectCode.UNMAPPED_VALUE ? "" : text(panel, r),
              lacks);
      boolean known = counts.size() < MOST || counts.containsKey(lack);
      counts.merge(known ? lack : OTHER, 1L, Long::sum);
    }
  }

  private static String text(Panel panel, Rejected rejected) {
    Matcher index = INDEX.matcher(orEmpty(rejected.field()));
    if (!index.matches()) {
      return "";
    }
    Observation o = panel.observations()[Integer.parseInt(index.group(1))];
    String text = orEmpty(o.text() == null ? o.localText() : o.text());
    return WORD.matcher(text).matches() ? text : "";
  }

  /** Writes the rows. */
  void write(Path file) {
    List<Map.Entry<Lack, Long>> rows = new ArrayList<>(counts.entrySet());
    rows.sort(
        Map.Entry.<Lack, Long>comparingByValue(Comparator.reverseOrder())
            .thenComparing(row -> row.getKey().toString()));
    StringBuilder csv = new StringBuilder(HEADER).append("\r\n");
    for (Map.Entry<Lack, Long> row : rows) {
      Lack lack = row.getKey();
      for (String field :
          List.of(lack.feed, lack.system, lack.code, "", lack.unit, "", lack.text, "")) {
        csv.append(quoted(field)).append(',');
      }
      csv.append(row.getValue()).append(',').append(lack.lacks).append("\r\n");
    }
    try {
      Files.writeString(file, csv);
    } catch (IOException e) {
      throw Failure.of("can't write " + file);
    }
  }

  private static String quoted(String field) {
    boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
