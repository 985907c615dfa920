// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.DataType;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.RowType;
import org.apache.flink.table.types.logical.VarCharType;
import org.jspecify.annotations.Nullable;

/** The columns of a table of results, read by their names. */
final class FhirColumns implements Serializable {
  private static final long serialVersionUID = 1;

  /** Types that columns have. */
  static final LogicalType TEXT = new VarCharType(VarCharType.MAX_LENGTH);

  static final LogicalType NUMBER = DataTypes.DOUBLE().getLogicalType();
  static final LogicalType WHOLE = DataTypes.INT().getLogicalType();
  static final LogicalType TRUTH = DataTypes.BOOLEAN().getLogicalType();
  static final LogicalType MOMENT = DataTypes.TIMESTAMP_LTZ(3).getLogicalType();

  private final Map<String, RowData.FieldGetter> getters = new LinkedHashMap<>();

  /**
   * Finds the columns of a table.
   *
   * @param known each column's name and type
   * @param needed those without which there is no resource
   * @throws ValidationException for a column that isn't one, or one that is missing
   */
  FhirColumns(DataType table, Map<String, LogicalType> known, List<String> needed) {
    List<RowType.RowField> fields = ((RowType) table.getLogicalType()).getFields();
    for (int i = 0; i < fields.size(); i++) {
      RowType.RowField field = fields.get(i);
      LogicalType wanted = known.get(field.getName());
      if (wanted == null || !fits(field.getType(), wanted)) {
        throw new ValidationException(
            String.format(
                "No column '%s %s' in a table of the FHIR sink. Its columns are, in any order and"
                    + " number: %s.",
                field.getName(),
                field.getType().asSummaryString(),
                known.entrySet().stream()
                    .map(c -> c.getKey() + " " + c.getValue().asSummaryString())
                    .collect(Collectors.joining(", "))));
      }
      getters.put(field.getName(), RowData.createFieldGetter(field.getType(), i));
    }
    List<String> missing = new ArrayList<>(needed);
    missing.removeAll(getters.keySet());
    if (!missing.isEmpty()) {
      throw new ValidationException(
          "A table of the FHIR sink needs the columns " + String.join(", ", missing) + ".");
    }
  }

  private static boolean fits(LogicalType declared, LogicalType wanted) {
    return wanted.is(LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE)
        ? declared.is(LogicalTypeRoot.TIMESTAMP_WITH_LOCAL_TIME_ZONE)
        : declared.copy(true).equals(wanted.copy(true));
  }

  @Nullable Object field(RowData row, String name) {
    RowData.FieldGetter getter = getters.get(name);
    return getter == null ? null : getter.getFieldOrNull(row);
  }

  @Nullable String text(RowData row, String name) {
    Object value = field(row, name);
    return value == null || value.toString().isBlank() ? null : value.toString();
  }

  /**
   * A column that has to be filled.
   *
   * @throws BadInputException {@code UNDECODABLE} where it isn't
   */
  String needed(RowData row, String name) {
    String text = text(row, name);
    if (text == null) {
      throw new BadInputException(
          name.equals("patient_id") ? RejectCode.NO_PATIENT_ID : RejectCode.UNDECODABLE, name);
    }
    return text;
  }

  /**
   * Lets only rows of one word pass, where the table has the column.
   *
   * @throws BadInputException {@code UNDECODABLE} for others
   */
  void check(RowData row, String name, String word) {
    if (getters.containsKey(name) && !word.equals(text(row, name))) {
      throw new BadInputException(RejectCode.UNDECODABLE, name);
    }
  }

  /** Cut to milliseconds, as all formats do. */
  @Nullable Instant moment(RowData row, String name) {
    return field(row, name) instanceof TimestampData moment
        ? Instant.ofEpochMilli(moment.getMillisecond())
        : null;
  }

  /**
   * A moment that has to be there.
   *
   * @throws BadInputException {@code NO_TIME} where it isn't
   */
  Instant neededMoment(RowData row, String name) {
    Instant moment = moment(row, name);
    if (moment == null) {
      throw new BadInputException(RejectCode.NO_TIME, name);
    }
    return moment;
  }

  /**
   * The constant that a column names, in any case, with - or _.
   *
   * @throws BadInputException {@code UNDECODABLE} where it names none
   */
  <E extends Enum<E>> E word(RowData row, String name, Class<E> type) {
    String word = needed(row, name).toUpperCase(Locale.ROOT).replace('-', '_');
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(word)) {
        return constant;
      }
    }
    throw new BadInputException(RejectCode.UNDECODABLE, name);
  }
}
