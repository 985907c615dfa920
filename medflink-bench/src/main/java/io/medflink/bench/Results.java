// SPDX-License-Identifier: Apache-2.0
package io.medflink.bench;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Distinct results of eight vital signs each, about 970 bytes, as HL7 v2 and by seed, of patients
 * who come again and again, as on a ward.
 */
final class Results {
  static final int VALUES = 8;
  private static final String[][] SIGNS = {
    {"8867-4^Heart rate^LN", "/min^^UCUM", "60 - 100"},
    {"9279-1^Respiratory rate^LN", "/min^^UCUM", "12 - 20"},
    {"59408-5^SpO2^LN", "%^^UCUM", "94 - 100"},
    {"8480-6^Systolic^LN", "mm[Hg]^^UCUM", "100 - 140"},
    {"8462-4^Diastolic^LN", "mm[Hg]^^UCUM", "60 - 90"},
    {"8310-5^Temperature^LN", "Cel^^UCUM", "36 - 38"},
    {"3150-0^FiO2^LN", "%^^UCUM", ""},
    {"8478-0^Mean pressure^LN", "mm[Hg]^^UCUM", "70 - 105"}
  };

  private Results() {}

  static byte[][] messages(int count, int patients) {
    Random random = new Random(1);
    byte[][] messages = new byte[count][];
    for (int i = 0; i < count; i++) {
      messages[i] =
          message(random, i, random.nextInt(patients)).getBytes(StandardCharsets.US_ASCII);
    }
    return messages;
  }

  private static String message(Random random, int i, int patient) {
    String time =
        String.format(
            "202611240%d%02d%02d+0000",
            1 + random.nextInt(8), random.nextInt(60), random.nextInt(60));
    StringBuilder text = new StringBuilder(1024);
    text.append("MSH|^~\\&|MONITOR|GENERAL|MEDFLINK|GENERAL|").append(time);
    text.append("||ORU^R01^ORU_R01|").append(1_000_000 + i);
    text.append("|P|2.5.1|||||||UNICODE UTF-8\rPID|1||").append(100_000 + patient);
    text.append("^^^GENERAL^MR||Doe^Jane||19700301|F|||1 Main Street^^Town^^12345\r");
    text.append("PV1|1|I|ICU^7^B^GENERAL||||1234^Smith^John|||MED|||||||||V");
    text.append(700_000 - patient).append("\rOBR|1|P").append(i).append("|F");
    text.append(i).append("|VITALS^Vital signs^L|||").append(time).append('\r');
    for (int k = 0; k < VALUES; k++) {
      text.append("OBX|").append(k + 1).append("|NM|").append(SIGNS[k][0]).append("||");
      text.append(30 + random.nextInt(100)).append('.').append(random.nextInt(10)).append('|');
      text.append(SIGNS[k][1]).append('|').append(SIGNS[k][2]).append("|N|||F|||");
      text.append(time).append('\r');
    }
    return text.toString();
  }
}
