// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import io.medflink.connectors.formats.Decoded;
import io.medflink.core.Cleaner;
import io.medflink.core.CodeMap;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import java.io.StringReader;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a ward's results mean by its feed's code map, from the segment to the canonical value. */
class Hl7v2CodesTest {
  private static final String CODES =
      """
      feed,system,code,loinc,local_unit,unit,local_value,value
      ward,MDC,149530,8867-4,MDC_DIM_BEAT_PER_MIN,/min,,
      ward,L,AVPU,67775-7,,,Alert,A
      ward,L,AVPU,67775-7,,,Drowsy,V
      ward,L,MASK,medflink:oxygen-device,,,Venturi,oxygen
      ward,L,RATE,9279-1,,/min,,
      ward,LN,8310-5,8867-4,,,,
      """;

  @ParameterizedTest
  @CsvSource({
    "NM|8867-4^Heart rate^LN||80|/min^^UCUM,             8867-4 80.0 /min",
    "NM|149530^MDC_ECG_HEART_RATE^MDC||80|MDC_DIM_BEAT_PER_MIN, 8867-4 80.0 /min",
    "NM|149530^MDC_ECG_HEART_RATE^MDC||80|cpm,           UNMAPPED_UNIT",
    "CWE|AVPU^^L||Alert^x^L|,                            67775-7 A",
    "ST|AVPU^^L||Drowsy|,                                67775-7 V",
    "|AVPU^^L||Alert|,                                   67775-7 A",
    "TX|AVPU^^L||half asleep|,                           UNMAPPED_VALUE",
    "CE|MASK^^L||Venturi|,                               medflink:oxygen-device oxygen",
    "|RATE^^L||16|,                                      9279-1 16.0 /min",
    "NM|RATE^^L||sixteen|,                               UNMAPPED_VALUE",
    "NM|XYZ^^L||16|,                                     UNMAPPED_CODE",
    "NM|8310-5^Pulse^LN||88|/min^^UCUM,                  8867-4 88.0 /min",
    "NM|XYZ^^L^8867-4^^LN||80|/min^^UCUM,                8867-4 80.0 /min",
    "SN|2160-0^^LN||<^15|umol/L^^UCUM,                   2160-0 <",
  })
  void aResultIsWhatItsCodeUnitAndTextMean(String obx, String meaning) throws Exception {
    Cleaner cleaner = Cleaner.with(CodeMap.read(new StringReader(CODES)));
    Hl7v2 hl7 = new Hl7v2().withFeed("ward").withAuthority("A", "mrn").withZone(ZoneId.of("UTC"));
    Panel panel =
        Decoded.of(
                hl7,
                "MSH|^~\\&|A|B|||||ORU^R01|1|P|2.5\rPID|1||12^^^A\rOBX|1|"
                    + obx
                    + "|||||F|||20261124080000\r")
            .panel();
    List<String> told = new ArrayList<>();
    cleaner.clean(
        panel,
        clean -> {
          for (Observation o : clean.observations()) {
            told.add(told(o));
          }
        },
        rejected -> told.add(rejected.code().name()));
    assertThat(told.get(0)).isEqualTo(meaning);
  }

  private static String told(Observation o) {
    if (o.comparator() != null) {
      return o.code() + " " + o.comparator().symbol();
    }
    return o.code() + " " + (Double.isNaN(o.value()) ? o.text() : o.value() + " " + o.unit());
  }
}
