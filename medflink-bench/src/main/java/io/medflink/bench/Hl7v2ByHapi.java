// SPDX-License-Identifier: Apache-2.0
package io.medflink.bench;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.v251.datatype.PL;
import ca.uhn.hl7v2.model.v251.group.ORU_R01_ORDER_OBSERVATION;
import ca.uhn.hl7v2.model.v251.message.ORU_R01;
import ca.uhn.hl7v2.model.v251.segment.OBX;
import ca.uhn.hl7v2.model.v251.segment.PID;
import ca.uhn.hl7v2.model.v251.segment.PV1;
import ca.uhn.hl7v2.parser.PipeParser;
import io.medflink.core.Observation;
import io.medflink.core.Panel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/** The panels of {@link Results} from HAPI's parser as its documentation begins. */
final class Hl7v2ByHapi {
  private final PipeParser parser = new DefaultHapiContext().getPipeParser();

  ORU_R01 parse(byte[] message) throws HL7Exception {
    return (ORU_R01) parser.parse(new String(message, StandardCharsets.UTF_8));
  }

  @SuppressWarnings("JavaUtilDate") // HAPI's
  List<Panel> read(byte[] message) throws HL7Exception {
    ORU_R01 oru = parse(message);
    Instant sent = oru.getMSH().getDateTimeOfMessage().getTime().getValueAsCalendar().toInstant();
    var result = oru.getPATIENT_RESULT();
    PID pid = result.getPATIENT().getPID();
    String patient = "mrn|" + pid.getPatientIdentifierList(0).getIDNumber().getValue();
    String[] identifiers = {patient};
    PV1 pv1 = result.getPATIENT().getVISIT().getPV1();
    PL place = pv1.getAssignedPatientLocation();
    ORU_R01_ORDER_OBSERVATION order = result.getORDER_OBSERVATION();
    String filler = order.getOBR().getFillerOrderNumber().getEntityIdentifier().getValue();
    Observation[] values = new Observation[order.getOBSERVATIONReps()];
    String timeText = "";
    Instant time = Instant.EPOCH;
    for (int i = 0; i < values.length; i++) {
      OBX obx = order.getOBSERVATION(i).getOBX();
      var its = obx.getDateTimeOfTheObservation().getTime();
      if (!its.getValue().equals(timeText)) {
        timeText = its.getValue();
        time = its.getValueAsCalendar().toInstant();
      }
      values[i] = value(obx, filler);
    }
    return List.of(
        Hl7v2ByHand.born(
            patient,
            identifiers,
            pid.getDateTimeOfBirth().getTime().getValue(),
            pid.getAdministrativeSex().getValue(),
            sent),
        new Panel(
            patient,
            pv1.getVisitNumber().getIDNumber().getValue(),
            place.getFacility().getNamespaceID().getValue(),
            place.getPointOfCare().getValue(),
            place.getRoom().getValue() + "/" + place.getBed().getValue(),
            time,
            sent,
            null,
            "hl7v2",
            identifiers,
            values));
  }

  private static Observation value(OBX obx, String filler) {
    String code = obx.getObservationIdentifier().getIdentifier().getValue();
    String range = obx.getReferencesRange().getValue();
    int dash = range == null ? -1 : range.indexOf(" - ");
    return new Observation(
        code,
        Double.parseDouble(obx.getObservationValue(0).getData().toString()),
        null,
        obx.getUnits().getIdentifier().getValue(),
        Hl7v2ByHand.status(obx.getObservationResultStatus().getValue()),
        null,
        null,
        null,
        null,
        filler + "|" + code,
        null,
        range == null || dash < 0 ? Double.NaN : Double.parseDouble(range.substring(0, dash)),
        range == null || dash < 0 ? Double.NaN : Double.parseDouble(range.substring(dash + 3)),
        obx.getAbnormalFlags(0).getValue(),
        null,
        0);
  }
}
