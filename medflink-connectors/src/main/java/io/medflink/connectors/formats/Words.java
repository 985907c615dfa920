// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.formats;

import io.medflink.core.BadInputException;
import io.medflink.core.Observation.Artefact;
import io.medflink.core.Observation.Comparator;
import io.medflink.core.Observation.Method;
import io.medflink.core.Observation.Status;
import io.medflink.core.RejectCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.flink.annotation.Internal;

/**
 * The fixed words of {@code medflink-json} lines and of the columns of every format.
 *
 * <p>A word that isn't one is refused with the field that it stands in.
 */
@Internal
public final class Words {
  private Words() {}

  /** FHIR's and this format's words for a status; UNKNOWN_STATUS for others. */
  public static Status status(String word, String field) {
    return switch (word) {
      case "preliminary" -> Status.PRELIMINARY;
      case "final" -> Status.FINAL;
      case "corrected", "amended" -> Status.CORRECTED;
      case "entered-in-error" -> Status.ENTERED_IN_ERROR;
      default -> throw new BadInputException(RejectCode.UNKNOWN_STATUS, field);
    };
  }

  public static Comparator comparator(String word, String field) {
    Comparator comparator = Comparator.of(word);
    if (comparator == null) {
      throw new BadInputException(RejectCode.UNDECODABLE, field);
    }
    return comparator;
  }

  public static Method method(String word, String field) {
    for (Method method : Method.values()) {
      if (word(method).equals(word)) {
        return method;
      }
    }
    throw new BadInputException(RejectCode.UNDECODABLE, field);
  }

  public static Artefact artefact(String word, String field) {
    for (Artefact artefact : Artefact.values()) {
      if (word(artefact).equals(word)) {
        return artefact;
      }
    }
    throw new BadInputException(RejectCode.UNDECODABLE, field);
  }

  public static List<String> artefacts(int bits) {
    List<String> words = new ArrayList<>();
    for (Artefact artefact : Artefact.values()) {
      if ((bits & artefact.bit()) != 0) {
        words.add(word(artefact));
      }
    }
    return words;
  }

  /** The word of an enum's constant: {@code entered-in-error}. */
  public static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
