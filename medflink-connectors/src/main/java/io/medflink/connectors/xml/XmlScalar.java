// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.xml;

import io.medflink.connectors.formats.IsoTime;
import io.medflink.core.BadInputException;
import io.medflink.core.RejectCode;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Base64;
import java.util.regex.Pattern;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.table.data.DecimalData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.types.logical.LogicalType;
import org.apache.flink.table.types.logical.LogicalTypeRoot;
import org.apache.flink.table.types.logical.utils.LogicalTypeChecks;
import org.jspecify.annotations.Nullable;

/**
 * A simple type as XML Schema writes it. An empty element or attribute is unknown, but for texts.
 *
 * @param root Flink's type
 * @param precision of decimals and moments
 * @param scale of decimals
 * @param zone of moments that state none
 */
record XmlScalar(LogicalTypeRoot root, int precision, int scale, @Nullable ZoneId zone)
    implements Serializable {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");
  private static final int LONGEST = 100;

  /** The scalar for a column's type, or a validation error that says which there are. */
  static XmlScalar of(LogicalType type, @Nullable ZoneId zone, String column) {
    LogicalTypeRoot root = type.getTypeRoot();
    int precision = 0;
    int scale = 0;
    switch (root) {
      case VARCHAR,
          BOOLEAN,
          TINYINT,
          SMALLINT,
          INTEGER,
          BIGINT,
          FLOAT,
          DOUBLE,
          DATE,
          VARBINARY -> {}
      case DECIMAL -> {
        precision = LogicalTypeChecks.getPrecision(type);
        scale = LogicalTypeChecks.getScale(type);
      }
      case TIME_WITHOUT_TIME_ZONE, TIMESTAMP_WITHOUT_TIME_ZONE, TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          precision = LogicalTypeChecks.getPrecision(type);
      default ->
          throw new ValidationException(
              "Column '"
                  + column
                  + "': the format xml reads no "
                  + type.asSummaryString()
                  + ", but STRING, BOOLEAN, numbers, DATE, TIME, TIMESTAMP, TIMESTAMP_LTZ, BYTES,"
                  + " ROW and ARRAY.");
    }
    return new XmlScalar(root, precision, scale, zone);
  }

  @SuppressWarnings("UnusedException") // it quotes what it read
  @Nullable Object parse(String text, String column) {
    if (root == LogicalTypeRoot.VARCHAR) {
      return StringData.fromString(text);
    }
    String token = text.strip();
    try {
      return token.isEmpty() ? null : token(token, column);
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
      throw new BadInputException(RejectCode.UNDECODABLE, column);
    }
  }

  private Object token(String token, String column) {
    return switch (root) {
      case BOOLEAN ->
          switch (token) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new IllegalArgumentException();
          };
      case TINYINT -> Byte.valueOf(token);
      case SMALLINT -> Short.valueOf(token);
      case INTEGER -> Integer.valueOf(token);
      case BIGINT -> Long.valueOf(token);
      case FLOAT -> single(number(token, column), column);
      case DOUBLE -> number(token, column);
      case DECIMAL -> decimal(token);
      case DATE -> (int) LocalDate.parse(token).toEpochDay();
      case TIME_WITHOUT_TIME_ZONE -> (int) (LocalTime.parse(token).toNanoOfDay() / 1_000_000);
      case TIMESTAMP_WITHOUT_TIME_ZONE ->
          TimestampData.fromLocalDateTime(LocalDateTime.parse(token));
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE ->
          TimestampData.fromInstant(IsoTime.moment(token, zone, column));
      default -> Base64.getDecoder().decode(token.replaceAll("\\s", ""));
    };
  }

  /**
   * A number as XML Schema writes it, but neither NaN nor infinite.
   *
   * @throws BadInputException {@code UNDECODABLE}, {@code IMPOSSIBLE_VALUE}, with the field
   */
  static double number(String token, String field) {
    if (token.length() > LONGEST || !NUMBER.matcher(token).matches()) {
      throw new BadInputException(RejectCode.UNDECODABLE, field);
    }
    double number = Double.parseDouble(token);
    if (Double.isInfinite(number)) {
      throw new BadInputException(RejectCode.IMPOSSIBLE_VALUE, field);
    }
    return number;
  }

  private static float single(double number, String column) {
    if (Float.isInfinite((float) number)) {
      throw new BadInputException(RejectCode.IMPOSSIBLE_VALUE, column);
    }
    return (float) number;
  }

  private DecimalData decimal(String token) {
    if (token.length() > LONGEST) {
      throw new IllegalArgumentException();
    }
    // Nothing is rounded: a column that can't hold it is too narrow.
    BigDecimal exact = new BigDecimal(token).setScale(scale);
    DecimalData decimal = DecimalData.fromBigDecimal(exact, precision, scale);
    if (decimal == null) {
      throw new IllegalArgumentException();
    }
    return decimal;
  }

  /** The field as text. */
  String format(RowData row, int i) {
    return switch (root) {
      case VARCHAR -> row.getString(i).toString();
      case BOOLEAN -> Boolean.toString(row.getBoolean(i));
      case TINYINT -> Byte.toString(row.getByte(i));
      case SMALLINT -> Short.toString(row.getShort(i));
      case INTEGER -> Integer.toString(row.getInt(i));
      case BIGINT -> Long.toString(row.getLong(i));
      case FLOAT -> Float.toString(row.getFloat(i));
      case DOUBLE -> Double.toString(row.getDouble(i));
      case DECIMAL -> row.getDecimal(i, precision, scale).toBigDecimal().toPlainString();
      case DATE -> LocalDate.ofEpochDay(row.getInt(i)).toString();
      case TIME_WITHOUT_TIME_ZONE -> LocalTime.ofNanoOfDay(row.getInt(i) * 1_000_000L).toString();
      case TIMESTAMP_WITHOUT_TIME_ZONE ->
          row.getTimestamp(i, precision).toLocalDateTime().toString();
      case TIMESTAMP_WITH_LOCAL_TIME_ZONE -> row.getTimestamp(i, precision).toInstant().toString();
      default -> Base64.getEncoder().encodeToString(row.getBinary(i));
    };
  }
}
