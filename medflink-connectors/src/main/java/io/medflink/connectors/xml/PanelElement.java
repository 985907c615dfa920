// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.xml;

import io.medflink.connectors.formats.IsoTime;
import io.medflink.connectors.formats.ObservationFields;
import io.medflink.connectors.formats.Rejects;
import io.medflink.connectors.formats.Words;
import io.medflink.core.BadInputException;
import io.medflink.core.Observation;
import io.medflink.core.Observation.Status;
import io.medflink.core.Panel;
import io.medflink.core.RejectCode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One panel of {@link MedflinkXml}. */
final class PanelElement {
  private record Refused(BadInputException fault, ObservationFields fields) {}

  private final XmlNode node;
  private final String path;
  private final @Nullable ZoneId zone;
  private final @Nullable Instant received;
  private final List<Refused> refused = new ArrayList<>();

  PanelElement(XmlNode node, String path, @Nullable ZoneId zone, @Nullable Instant received) {
    this.node = node;
    this.path = path;
    this.zone = zone;
    this.received = received;
  }

  Panel read(@Nullable String feed) {
    String patient = text("patient_id");
    if (patient == null) {
      throw new BadInputException(RejectCode.NO_PATIENT_ID, path + ".patient_id");
    }
    Instant time = moment("time");
    if (time == null) {
      throw new BadInputException(RejectCode.NO_TIME, path + ".time");
    }
    List<String> identifiers = new ArrayList<>();
    for (XmlNode identifier : children("identifier")) {
      String text = identifier.text();
      if (text != null && !text.isBlank()) {
        identifiers.add(text.strip());
      }
    }
    Instant sent = moment("received");
    String own = text("feed");
    return new Panel(
        patient,
        text("encounter"),
        text("facility"),
        text("ward"),
        text("bed"),
        time,
        moment("issued"),
        sent == null ? received : sent,
        own == null ? feed : own,
        identifiers.toArray(String[]::new),
        observations().toArray(Observation[]::new));
  }

  private List<Observation> observations() {
    List<Observation> observations = new ArrayList<>();
    List<XmlNode> elements = children("observation");
    for (int i = 0; i < elements.size(); i++) {
      ObservationFields fields = new ObservationFields();
      try {
        read(elements.get(i), path + ".observation[" + i + "]", fields);
        observations.add(fields.settleSystem().observation());
      } catch (BadInputException e) {
        refused.add(new Refused(e, fields));
      }
    }
    return observations;
  }

  /** Hands out the observations that were refused. */
  void refuse(Rejects rejects, Instant at) {
    for (Refused one : refused) {
      ObservationFields o = one.fields.settleSystem();
      String unit = o.localUnit == null ? o.unit : o.localUnit;
      rejects.add(one.fault.code(), one.fault.field(), o.system, o.code, unit, at);
    }
  }

  private static void read(XmlNode o, String at, ObservationFields into) {
    into.system = o.attribute(MedflinkXml.name("system"));
    into.system = into.system == null ? MedflinkXml.text(o, "system", at) : into.system;
    into.code = MedflinkXml.text(o, "code", at);
    into.unit = MedflinkXml.text(o, "unit", at);
    into.localUnit = MedflinkXml.text(o, "local_unit", at);
    into.value = number(o, "value", at);
    into.text = MedflinkXml.text(o, "text", at);
    into.localText = MedflinkXml.text(o, "local_value", at);
    String status = MedflinkXml.text(o, "status", at);
    into.status = status == null ? Status.FINAL : Words.status(status, at + ".status");
    into.id = MedflinkXml.text(o, "id", at);
    String comparator = MedflinkXml.text(o, "comparator", at);
    into.comparator = comparator == null ? null : Words.comparator(comparator, at + ".comparator");
    into.rangeLow = number(o, "range_low", at);
    into.rangeHigh = number(o, "range_high", at);
    into.flag = MedflinkXml.text(o, "flag", at);
    String method = MedflinkXml.text(o, "method", at);
    into.method = method == null ? null : Words.method(method, at + ".method");
    String artefacts = MedflinkXml.text(o, "artefacts", at);
    if (artefacts != null) {
      for (String word : artefacts.split("\\s+", -1)) {
        into.artefacts |= Words.artefact(word, at + ".artefacts").bit();
      }
    }
    boolean valueless = Double.isNaN(into.value) && into.text == null && into.localText == null;
    boolean twice = !Double.isNaN(into.value) && into.text != null;
    if (twice || (valueless && into.status != Status.ENTERED_IN_ERROR)) {
      throw new BadInputException(RejectCode.NO_VALUE, at + ".value");
    }
  }

  private static double number(XmlNode o, String field, String at) {
    String text = MedflinkXml.text(o, field, at);
    return text == null ? Double.NaN : XmlScalar.number(text, at + "." + field);
  }

  private List<XmlNode> children(String name) {
    List<XmlNode> children = new ArrayList<>();
    node.children(MedflinkXml.name(name), children);
    return children;
  }

  private @Nullable String text(String field) {
    return MedflinkXml.text(node, field, path);
  }

  private @Nullable Instant moment(String field) {
    String text = text(field);
    return text == null ? null : IsoTime.moment(text, zone, path + "." + field);
  }
}
