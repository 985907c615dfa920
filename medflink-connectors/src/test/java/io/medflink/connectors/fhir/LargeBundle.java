// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medflink.core.Decoder;
import io.medflink.core.Message;
import java.util.Arrays;

/** Decodes a bundle of 60,000 Observations, for a process with little memory. */
final class LargeBundle {
  private static final int ENTRIES = 60_000;
  private static final String JSON =
      """
      {"resource":{"resourceType":"Observation","id":"o","status":"final",
       "code":{"coding":[{"system":"http://loinc.org","code":"8867-4","display":"Heart rate"}]},
       "subject":{"reference":"Patient/7"},"effectiveDateTime":"2026-11-24T08:00:00Z",
       "note":[{"text":"NOTE"}],
       "valueQuantity":{"value":80,"unit":"/min","system":"http://unitsofmeasure.org","code":"/min"}
      }}""";
  private static final String XML =
      """
      <entry><resource><Observation><id value="o"/><status value="final"/><code><coding>\
      <system value="http://loinc.org"/><code value="8867-4"/></coding></code>
      <subject><reference value="Patient/7"/></subject>
      <effectiveDateTime value="2026-11-24T08:00:00Z"/><note><text value="NOTE"/></note>
      <valueQuantity><value value="80"/><unit value="/min"/>\
      <system value="http://unitsofmeasure.org"/><code value="/min"/></valueQuantity>
      </Observation></resource></entry>""";

  private LargeBundle() {}

  public static void main(String[] args) {
    boolean json = args[0].equals("json");
    byte[] bundle =
        json
            ? message("{\"resourceType\":\"Bundle\",\"entry\":[", JSON, ",", "]}")
            : message("<Bundle xmlns=\"http://hl7.org/fhir\">", XML, "\n", "</Bundle>");
    long[] counts = new long[3];
    Decoder decoder =
        json ? new FhirJson().withFallbackToResourceId() : new FhirXml().withFallbackToResourceId();
    decoder.decode(
        new Message(bundle, null, null),
        Decoder.Out.of(
            panel -> counts[0]++,
            movement -> counts[1]++,
            what -> counts[1]++,
            rejected -> counts[2]++));
    System.out.print("panels=" + counts[0] + " movements=" + counts[1] + " rejected=" + counts[2]);
  }

  private static byte[] message(String begin, String entry, String between, String end) {
    byte[] first = begin.getBytes(UTF_8);
    byte[] one = entry.replace("NOTE", "x".repeat(150)).getBytes(UTF_8);
    byte[] separator = between.getBytes(UTF_8);
    byte[] last = end.getBytes(UTF_8);
    byte[] all = new byte[first.length + ENTRIES * (one.length + separator.length) + last.length];
    Arrays.fill(all, (byte) ' ');
    int at = copy(first, all, 0);
    for (int i = 0; i < ENTRIES; i++) {
      at = copy(one, all, at);
      at = i < ENTRIES - 1 ? copy(separator, all, at) : at;
    }
    copy(last, all, at);
    return all;
  }

  private static int copy(byte[] from, byte[] to, int at) {
    System.arraycopy(from, 0, to, at, from.length);
    return at + from.length;
  }
}
