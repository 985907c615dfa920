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
import org.jspecify.annotations.Nullable;

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
    return known(Comparator.of(word), field);
  }

  public static Method method(String word, String field) {
    return known(constant(word, Method.values()), field);
  }

  public static Artefact artefact(String word, String field) {
    return known(constant(word, Artefact.values()), field);
  }

  private static <E> E known(@Nullable E constant, String field) {
    if (constant == null) {
      throw new BadInputException(RejectCode.UNDECODABLE, field);
    }
    return constant;
  }

  /** The constant that a word stands for; null for none. */
  public static <E extends Enum<E>> @Nullable E constant(@Nullable String word, E[] constants) {
    for (E constant : constants) {
      if (word(constant).equals(word)) {
        return constant;
      }
    }
    return null;
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
