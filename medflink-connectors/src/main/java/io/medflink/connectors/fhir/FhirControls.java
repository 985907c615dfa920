// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import static io.medflink.connectors.fhir.FhirReferences.OWN;

import io.medflink.connectors.formats.IsoTime;
import io.medflink.connectors.formats.Words;
import io.medflink.core.BadInputException;
import io.medflink.core.Control;
import io.medflink.core.RejectCode;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people decided, as they note it on a server: about an alert by its identifier {@code
 * urn:medflink:alert}, which the Flag has that was written for it, and about a patient or a ward by
 * Tasks of the code system {@code urn:medflink:control}. Without an author there is no decision:
 * the Flags that were written have none.
 *
 * <ul>
 *   <li>Flag with an author, inactive or entered in error: acknowledged
 *   <li>DetectedIssue of the alert (its own or an implicated identifier) with a mitigation:
 *       acknowledged by the first one's author at its date
 *   <li>Task whose focus is the alert, accepted, in progress or completed: acknowledged by its
 *       owner, else its requester
 *   <li>Task with the code of a decision, as its requester, else its owner, decided: about {@code
 *       for} or the inputs {@code facility} and {@code ward}; target and value are inputs too; it
 *       holds for {@code restriction.period}. Cancelled, it ends when it was last modified
 * </ul>
 *
 * <p>Source: HL7 FHIR R4 (4.0.1) and R5 (5.0.0), Flag, DetectedIssue, Task.
 */
final class FhirControls {
  private static final String ALERT = OWN + "alert";
  private static final String DECISION = OWN + "control";

  private final @Nullable ZoneId zone;
  private final PatientKeys keys;
  private final Map<String, String> alerts = new HashMap<>();

  FhirControls(@Nullable ZoneId zone, PatientKeys keys) {
    this.zone = zone;
    this.keys = keys;
  }

  /** Remembers which alert a Flag is of, for the Tasks that refer to it in the same message. */
  void learn(Resource flag) {
    try {
      String alert = alert(flag.content().objects("identifier"));
      if (alert != null && flag.container() == null) {
        String id = flag.content().text("id");
        alerts.put(id == null ? "" : "Flag/" + id, alert);
        alerts.put(flag.fullUrl() == null ? "" : flag.fullUrl(), alert);
        alerts.remove("");
      }
    } catch (BadInputException e) {
      alerts.remove(""); // refused when its turn comes
    }
  }

  /**
   * The decision that a resource tells; null where it tells none.
   *
   * @throws BadInputException {@code BAD_CONTROL} without an author, {@code NO_TIME}, {@code
   *     NO_PATIENT_ID}, {@code UNDECODABLE}
   */
  @Nullable Control read(Resource resource) {
    return switch (resource.type()) {
      case "Flag" -> flag(resource);
      case "DetectedIssue" -> issue(resource);
      case "Task" -> task(resource);
      default -> null;
    };
  }

  private @Nullable Control flag(Resource resource) {
    FhirObject flag = resource.content();
    String alert = alert(flag.objects("identifier"));
    String status = flag.text("status");
    boolean over = "inactive".equals(status) || "entered-in-error".equals(status);
    if (alert == null || !over || !flag.has("author")) {
      return null;
    }
    String author = author(flag, "author", "author");
    Instant told = ObservationPanels.lastUpdated(flag, zone);
    Instant at = told == null ? moment(flag.object("period"), "end") : told;
    return acknowledged(
        alert,
        resource,
        "subject",
        author,
        needed(at, flag, "meta.lastUpdated"),
        told,
        "Flag " + alert);
  }

  private @Nullable Control issue(Resource resource) {
    FhirObject issue = resource.content();
    String alert = alert(issue.objects("identifier"));
    for (FhirObject implicated : issue.objects("implicated")) {
      alert = alert == null ? referred(implicated) : alert;
    }
    List<FhirObject> mitigations = issue.objects("mitigation");
    if (alert == null || mitigations.isEmpty() || "entered-in-error".equals(issue.text("status"))) {
      return null;
    }
    FhirObject first = mitigations.get(0);
    return acknowledged(
        alert,
        resource,
        issue.has("patient") ? "patient" : "subject",
        author(first, "author", "author"),
        needed(moment(first, "date"), first, "date"),
        ObservationPanels.lastUpdated(issue, zone),
        identity(resource));
  }

  private @Nullable Control task(Resource resource) {
    FhirObject task = resource.content();
    String status = String.valueOf(task.text("status"));
    String decision = coded(task.object("code"));
    if (decision != null) {
      return status.equals("draft") || status.equals("on-hold")
          ? null
          : decided(resource, decision, status);
    }
    FhirObject focus = task.object("focus");
    String alert = focus == null ? null : referred(focus);
    boolean taken =
        status.equals("accepted") || status.equals("in-progress") || status.equals("completed");
    if (alert == null || !taken) {
      return null;
    }
    Instant told = modified(task);
    Instant at = told == null ? moment(task.object("executionPeriod"), "start") : told;
    return acknowledged(
        alert,
        resource,
        "for",
        author(task, "owner", "requester"),
        needed(at, task, "lastModified"),
        told,
        identity(resource));
  }

  private Control acknowledged(
      String alert,
      Resource resource,
      String patient,
      String author,
      Instant at,
      @Nullable Instant told,
      @Nullable String id) {
    return new Control(
        Control.Kind.ACKNOWLEDGE,
        patient(resource, patient),
        null,
        null,
        alert,
        Double.NaN,
        author,
        null,
        at,
        null,
        id,
        told);
  }

  private Control decided(Resource resource, String decision, String status) {
    FhirObject task = resource.content();
    Control.Kind kind = null;
    for (Control.Kind known : Control.Kind.values()) {
      kind = Words.word(known).equals(decision) ? known : kind;
    }
    if (kind == null) {
      throw new BadInputException(RejectCode.UNDECODABLE, task.at("code"));
    }
    FhirObject restriction = task.object("restriction");
    FhirObject period = restriction == null ? null : restriction.object("period");
    Instant from = moment(period, "start");
    Instant told = modified(task);
    Instant until = moment(period, "end");
    if (List.of("cancelled", "rejected", "failed", "entered-in-error").contains(status)) {
      until = needed(told, task, "lastModified");
    }
    FhirObject reason = task.object("reasonCode");
    FhirObject focus = task.object("focus");
    String alert = focus == null ? null : referred(focus);
    return new Control(
        kind,
        task.has("for") ? patient(resource, "for") : null,
        input(task, "facility"),
        input(task, "ward"),
        alert == null ? input(task, "target") : alert,
        value(task),
        author(task, "requester", "owner"),
        reason == null ? null : reason.text("text"),
        needed(from == null ? moment(task, "authoredOn") : from, task, "authoredOn"),
        until,
        identity(resource),
        told);
  }

  private @Nullable String identity(Resource resource) {
    String id = resource.id();
    return id == null ? null : resource.type() + "/" + id;
  }

  private String patient(Resource resource, String property) {
    FhirObject subject = resource.content().object(property);
    if (subject == null) {
      throw new BadInputException(RejectCode.NO_PATIENT_ID, resource.content().at(property));
    }
    return keys.referred(subject, resource).key();
  }

  /** Who it was: a reference or an identifier, never a name. */
  private static String author(FhirObject object, String first, String second) {
    for (String property : List.of(first, second)) {
      FhirObject who = object.object(property);
      String reference = who == null ? null : who.text("reference");
      FhirObject identifier = who == null ? null : who.object("identifier");
      if (reference != null) {
        return reference;
      } else if (identifier != null && identifier.text("value") != null) {
        String system = identifier.text("system");
        return (system == null ? "" : system) + "|" + identifier.text("value");
      }
    }
    throw new BadInputException(RejectCode.BAD_CONTROL, object.at(first));
  }

  private static @Nullable String alert(List<FhirObject> identifiers) {
    for (FhirObject identifier : identifiers) {
      if (ALERT.equals(identifier.text("system"))) {
        return identifier.text("value");
      }
    }
    return null;
  }

  private @Nullable String referred(FhirObject reference) {
    FhirObject identifier = reference.object("identifier");
    String alert = identifier == null ? null : alert(List.of(identifier));
    return alert == null ? alerts.get(String.valueOf(reference.text("reference"))) : alert;
  }

  /** The code of ours that a concept has. */
  private static @Nullable String coded(@Nullable FhirObject concept) {
    for (FhirObject coding : concept == null ? List.<FhirObject>of() : concept.objects("coding")) {
      if (DECISION.equals(coding.text("system"))) {
        return coding.text("code");
      }
    }
    return null;
  }

  private static @Nullable String input(FhirObject task, String name) {
    for (FhirObject input : task.objects("input")) {
      if (name.equals(coded(input.object("type")))) {
        return input.text("valueString");
      }
    }
    return null;
  }

  private static double value(FhirObject task) {
    for (FhirObject input : task.objects("input")) {
      if ("value".equals(coded(input.object("type")))) {
        return input.number(input.has("valueInteger") ? "valueInteger" : "valueDecimal");
      }
    }
    return Double.NaN;
  }

  private @Nullable Instant modified(FhirObject task) {
    Instant modified = moment(task, "lastModified");
    return modified == null ? ObservationPanels.lastUpdated(task, zone) : modified;
  }

  private @Nullable Instant moment(@Nullable FhirObject object, String property) {
    String text = object == null ? null : object.text(property);
    return object == null || text == null ? null : IsoTime.moment(text, zone, object.at(property));
  }

  private static Instant needed(@Nullable Instant moment, FhirObject object, String property) {
    if (moment == null) {
      throw new BadInputException(RejectCode.NO_TIME, object.at(property));
    }
    return moment;
  }
}
