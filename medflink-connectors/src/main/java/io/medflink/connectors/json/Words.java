// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.json;

import io.medflink.core.BadInputException;
import io.medflink.core.Observation;
import io.medflink.core.Observation.Artefact;
import io.medflink.core.Observation.Comparator;
import io.medflink.core.Observation.Method;
import io.medflink.core.Observation.Status;
import io.medflink.core.RejectCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The fixed words of the format, in lines and in columns. */
final class Words {
  private Words() {}

  static Status status(String word, String field) {
    return switch (word) {
      case "preliminary" -> Status.PRELIMINARY;
      case "final" -> Status.FINAL;
      case "corrected", "amended" -> Status.CORRECTED;
      case "entered-in-error" -> Status.ENTERED_IN_ERROR;
      default -> throw new BadInputException(RejectCode.UNKNOWN_STATUS, field);
    };
  }

  static Comparator comparator(String word, String field) {
    Comparator comparator = Comparator.of(word);
    if (comparator == null) {
      throw new BadInputException(RejectCode.UNDECODABLE, field);
    }
    return comparator;
  }

  static Method method(String word, String field) {
    for (Method method : Method.values()) {
      if (word(method).equals(word)) {
        return method;
      }
    }
    throw new BadInputException(RejectCode.UNDECODABLE, field);
  }

  static Artefact artefact(String word, String field) {
    for (Artefact artefact : Artefact.values()) {
      if (word(artefact).equals(word)) {
        return artefact;
      }
    }
    throw new BadInputException(RejectCode.UNDECODABLE, field);
  }

  static List<String> artefacts(Observation observation) {
    List<String> words = new ArrayList<>();
    for (Artefact artefact : Artefact.values()) {
      if ((observation.artefacts() & artefact.bit()) != 0) {
        words.add(word(artefact));
      }
    }
    return words;
  }

  /** The word of an enum's constant: {@code entered-in-error}. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
