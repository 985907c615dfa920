// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.xml;

import io.medflink.connectors.formats.Rejects;
import io.medflink.connectors.xml.XmlPath.Name;
import io.medflink.core.BadInputException;
import io.medflink.core.Decoder;
import io.medflink.core.Message;
import io.medflink.core.Panel;
import io.medflink.core.RejectCode;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Panels in XML, with the names of {@code medflink-json}: a document of any number of them.
 *
 * <pre>{@code
 * <panels>
 *   <panel patient_id="mrn|1" ward="w" time="2026-11-24T08:00:00Z">
 *     <identifier>mrn|1</identifier>
 *     <observation code="8867-4" value="88" unit="/min" range_low="60" range_high="100"/>
 *     <observation code="67775-7" text="V"/>
 *     <observation system="LOCAL" code="HF" value="88" local_unit="bpm"/>
 *   </panel>
 * </panels>
 * }</pre>
 *
 * <p>Each may be an attribute or a child element, in any namespace; both, or two, are refused.
 * {@code value} is a number in {@code unit}, {@code text} a coded value or a date. Without {@code
 * system} a code is LOINC; an absent {@code status} is final; {@code artefacts} are words. Absent
 * and empty are unknown; other names are passed over.
 *
 * <p>A bad observation rejects itself alone ({@code panel[0].observation[2].value}), any other
 * fault its panel, a document that can't be read to its end itself, before its first panel.
 */
public final class MedflinkXml implements Decoder {
  private static final long serialVersionUID = 1;
  private static final XmlRows PANELS =
      new XmlRows(List.of(name("panels"), name("panel")), List.of());

  private final @Nullable String feed;
  private final @Nullable ZoneId zone;

  /** The format as documented: times state their zone, panels their feed. */
  public MedflinkXml() {
    this(null, null);
  }

  private MedflinkXml(@Nullable String feed, @Nullable ZoneId zone) {
    this.feed = feed;
    this.zone = zone;
  }

  /** The same for a sender whose panels don't name their feed. */
  public MedflinkXml withFeed(@Nullable String newFeed) {
    return new MedflinkXml(newFeed, zone);
  }

  /** The same for a sender whose times don't state their zone. */
  public MedflinkXml withZone(@Nullable ZoneId newZone) {
    return new MedflinkXml(feed, newZone);
  }

  static Name name(String local) {
    return new Name(null, null, local);
  }

  @Override
  public void decode(Message message, Out out) {
    int[] count = {0};
    try {
      PANELS.prove(message.payload());
    } catch (BadInputException e) {
      refuse(message, e, out);
      return;
    }
    PANELS.read(
        message.payload(),
        node -> {
          PanelElement panel =
              new PanelElement(node, "panel[" + count[0]++ + "]", zone, message.received());
          read(panel, message, out);
        });
    if (count[0] == 0) {
      out.ignored("panels");
    }
  }

  private void read(PanelElement element, Message message, Out out) {
    Panel panel;
    Rejects rejects;
    try {
      panel = element.read(feed);
      rejects = new Rejects(message, panel.feed(), out);
      element.refuse(rejects, panel.time());
    } catch (BadInputException e) {
      refuse(message, e, out);
      return;
    }
    boolean refused = rejects.flush();
    if (panel.observations().length > 0 || !refused) {
      out.panel(panel);
    }
  }

  private void refuse(Message message, BadInputException e, Out out) {
    Rejects rejects = new Rejects(message, feed, out);
    rejects.add(e.code(), e.field());
    rejects.flush();
  }

  /** The field's only value, from an attribute or a child; null when absent or empty. */
  static @Nullable String text(XmlNode node, String field, String path) {
    String text = node.attribute(name(field));
    List<XmlNode> children = new ArrayList<>();
    node.children(name(field), children);
    if (children.size() + (text == null ? 0 : 1) > 1) {
      throw new BadInputException(RejectCode.UNDECODABLE, path + "." + field);
    }
    String found = children.isEmpty() ? text : children.get(0).text();
    return found == null || found.isBlank() ? null : found.strip();
  }
}
