// SPDX-License-Identifier: Apache-2.0
package io.medflink.core.units;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.fhir.ucum.BaseUnit;
import org.fhir.ucum.Component;
import org.fhir.ucum.Decimal;
import org.fhir.ucum.DefinedUnit;
import org.fhir.ucum.ExpressionParser;
import org.fhir.ucum.Factor;
import org.fhir.ucum.Operator;
import org.fhir.ucum.Symbol;
import org.fhir.ucum.Term;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;
import org.fhir.ucum.UcumModel;
import org.fhir.ucum.Unit;
import org.jspecify.annotations.Nullable;

/**
 * From an expression to its {@link Scale}, by the library's parser and definitions. The library's
 * own arithmetic isn't used: it has no offsets, rounds, and takes arbitrary and logarithmic units
 * for numbers. Nothing it throws gets out, as it quotes its input.
 */
final class Ucum {
  private static final String ESSENCE = "/ucum-essence.xml";
  private static final BigDecimal ICE_POINT = new BigDecimal("273.15");

  /** Units of temperature with an offset, UCUM table 3 (Cel) and table 12: in kelvin. */
  private static final Map<String, Scale> TEMPERATURES =
      Map.of(
          "Cel", Scale.special("K", BigDecimal.ONE, ICE_POINT),
          "[degF]", Scale.special("K", ninths("5"), ninths("2298.35")),
          "[degRe]", Scale.special("K", new BigDecimal("1.25"), ICE_POINT));

  private final UcumModel model;
  private final Set<String> arbitrary;
  private final Map<String, Scale> known = new ConcurrentHashMap<>();

  Ucum() {
    try (InputStream definitions = open();
        InputStream again = open()) {
      model = new UcumEssenceService(definitions).getModel();
      arbitrary = arbitraryUnits(again);
    } catch (UcumException | XMLStreamException | IOException e) {
      throw new IllegalStateException("the definitions of UCUM cannot be read");
    }
  }

  /** Null for what isn't UCUM. The text must have passed {@link Syntax}. */
  @Nullable Scale scale(String text) {
    Term term;
    try {
      term = new ExpressionParser(model).parse(text);
    } catch (UcumException | RuntimeException e) {
      return null;
    }
    try {
      return scale(term);
    } catch (ArithmeticException e) {
      return Scale.OUT_OF_RANGE;
    } catch (UcumException e) {
      return null;
    }
  }

  private Scale scale(Term first) throws UcumException {
    Scale result = Scale.ONE;
    boolean below = false;
    for (Term term = first; term != null; term = term.getTerm()) {
      if (term.getComp() != null) {
        Scale scale = scale(term.getComp());
        result = result.times(below ? scale.power(-1) : scale);
      }
      below = term.getOp() == Operator.DIVISION;
    }
    return result;
  }

  private Scale scale(Component component) throws UcumException {
    if (component instanceof Term term) {
      return scale(term);
    }
    if (component instanceof Factor factor) {
      return Scale.number(BigDecimal.valueOf(factor.getValue()));
    }
    Symbol symbol = (Symbol) component;
    Scale scale = scale(symbol.getUnit());
    if (symbol.hasPrefix()) {
      scale = scale.prefixed(decimal(symbol.getPrefix().getValue()));
    }
    return scale.power(symbol.getExponent());
  }

  private Scale scale(Unit unit) throws UcumException {
    Scale scale = known.get(unit.getCode());
    if (scale == null) {
      scale = unit instanceof BaseUnit ? Scale.base(unit.getCode()) : define((DefinedUnit) unit);
      known.put(unit.getCode(), scale);
    }
    return scale;
  }

  private Scale define(DefinedUnit unit) throws UcumException {
    String code = unit.getCode();
    if (unit.isSpecial()) {
      Scale temperature = TEMPERATURES.get(code);
      return temperature != null
          ? temperature
          : Scale.special(code, BigDecimal.ONE, BigDecimal.ZERO);
    }
    if (arbitrary.contains(code) && unit.getValue().getUnit().equals("1")) {
      return Scale.base(code);
    }
    Scale defined =
        scale(new ExpressionParser(model).parse(unit.getValue().getUnit()))
            .prefixed(decimal(unit.getValue().getValue()));
    return code.equals(Scale.MOLE) ? Scale.mole(defined.factor()) : defined;
  }

  /** The library drops this attribute. */
  private static Set<String> arbitraryUnits(InputStream definitions) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    XMLStreamReader reader = factory.createXMLStreamReader(definitions);
    Set<String> codes = new HashSet<>();
    while (reader.hasNext()) {
      if (reader.next() == XMLStreamConstants.START_ELEMENT
          && "yes".equals(reader.getAttributeValue(null, "isArbitrary"))) {
        codes.add(reader.getAttributeValue(null, "Code"));
      }
    }
    return Set.copyOf(codes);
  }

  private static InputStream open() throws IOException {
    InputStream stream = UcumEssenceService.class.getResourceAsStream(ESSENCE);
    if (stream == null) {
      throw new IOException();
    }
    return stream;
  }

  private static BigDecimal decimal(Decimal number) {
    return new BigDecimal(number.asDecimal());
  }

  private static BigDecimal ninths(String number) {
    return new BigDecimal(number).divide(BigDecimal.valueOf(9), Scale.PRECISION);
  }
}
