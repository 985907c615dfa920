// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import io.medflink.connectors.formats.IsoTime;
import io.medflink.connectors.formats.ObservationFields;
import io.medflink.core.BadInputException;
import io.medflink.core.Observation.Comparator;
import io.medflink.core.Observation.Status;
import io.medflink.core.RejectCode;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What an Observation and its components have in common: code, value, range, interpretation. */
final class FhirValues {
  private FhirValues() {}

  /** Whether any value[x] is there. */
  static boolean isPresent(FhirObject object) {
    return object.properties().hasPrefix("value");
  }

  /** The code that tells a component from its siblings, null when it has none that can be read. */
  static @Nullable String codeIn(FhirObject component) {
    ObservationFields fields = new ObservationFields();
    try {
      code(component, fields);
    } catch (BadInputException e) {
      return null;
    }
    return fields.code;
  }

  /**
   * Reads an Observation's or a component's own value.
   *
   * @throws BadInputException {@code NO_VALUE} where there is none or none that a number, a code or
   *     a date can hold, unless the status withdraws it; {@code UNDECODABLE}
   */
  static void read(FhirObject object, ObservationFields into) {
    code(object, into);
    value(object, into);
    for (FhirObject interpretation : object.objects("interpretation")) {
      FhirObject coding = first(interpretation);
      if (into.flag == null && coding != null) {
        into.flag = coding.text("code");
      }
    }
  }

  private static void code(FhirObject object, ObservationFields into) {
    FhirObject concept = object.object("code");
    FhirObject chosen = null;
    for (FhirObject coding : concept == null ? List.<FhirObject>of() : concept.objects("coding")) {
      boolean loinc = ObservationFields.isLoinc(coding.text("system"));
      if (coding.text("code") != null
          && (chosen == null || (loinc && !ObservationFields.isLoinc(chosen.text("system"))))) {
        chosen = coding;
      }
    }
    if (chosen != null) {
      into.system = chosen.text("system");
      into.code = chosen.text("code");
    }
  }

  private static @Nullable FhirObject first(FhirObject concept) {
    for (FhirObject coding : concept.objects("coding")) {
      if (coding.text("code") != null) {
        return coding;
      }
    }
    return null;
  }

  private static void value(FhirObject object, ObservationFields into) {
    FhirObject quantity = object.object("valueQuantity");
    FhirObject concept = object.object("valueCodeableConcept");
    if (quantity != null) {
      quantity(quantity, into);
      range(object, quantity, into);
    } else if (concept != null) {
      FhirObject coding = first(concept);
      into.localText = coding == null ? concept.text("text") : coding.text("code");
    } else if (object.has("valueInteger")) {
      into.value = object.number("valueInteger");
    } else if (object.has("valueBoolean")) {
      into.text = object.flag("valueBoolean") ? "yes" : "no";
    } else if (object.has("valueDateTime")) {
      String date = object.text("valueDateTime");
      into.text = date != null && IsoTime.isDate(date) ? date : null;
      into.localText = into.text == null ? date : null;
    } else if (object.has("valueTime")) {
      into.localText = object.text("valueTime");
    } else {
      into.localText = object.text("valueString");
    }
    boolean valueless = Double.isNaN(into.value) && into.text == null && into.localText == null;
    if (valueless && into.status != Status.ENTERED_IN_ERROR) {
      String reason = object.has("dataAbsentReason") ? "dataAbsentReason" : "value[x]";
      throw new BadInputException(RejectCode.NO_VALUE, object.at(reason));
    }
  }

  private static void quantity(FhirObject quantity, ObservationFields into) {
    into.value = quantity.number("value");
    String code = quantity.text("code");
    String text = quantity.text("unit");
    if (code != null && ObservationFields.UCUM.equals(quantity.text("system"))) {
      into.unit = code;
    } else {
      into.localUnit = text == null ? code : text;
    }
    String comparator = quantity.text("comparator");
    into.comparator = Comparator.of(comparator);
    if (comparator != null && into.comparator == null) {
      throw new BadInputException(RejectCode.UNDECODABLE, quantity.at("comparator"));
    }
  }

  /** The first range in the value's own unit; one in another unit is left out, not converted. */
  private static void range(FhirObject object, FhirObject quantity, ObservationFields into) {
    for (FhirObject range : object.objects("referenceRange")) {
      FhirObject low = range.object("low");
      FhirObject high = range.object("high");
      if (isInUnitOf(low, quantity) && isInUnitOf(high, quantity)) {
        into.rangeLow = low == null ? Double.NaN : low.number("value");
        into.rangeHigh = high == null ? Double.NaN : high.number("value");
        return;
      }
    }
  }

  private static boolean isInUnitOf(@Nullable FhirObject bound, FhirObject quantity) {
    return bound == null
        || (Objects.equals(bound.text("unit"), quantity.text("unit"))
            && Objects.equals(bound.text("code"), quantity.text("code")));
  }
}
