// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import java.util.Set;

/** The types of resources that FHIR knows: R4 (4.0.1), R4B (4.3.0) and R5 (5.0.0). */
final class ResourceTypes {
  private static final Set<String> ALL =
      Set.of(
          """
          Account ActivityDefinition ActorDefinition AdministrableProductDefinition AdverseEvent
          AllergyIntolerance Appointment AppointmentResponse ArtifactAssessment AuditEvent Basic
          Binary BiologicallyDerivedProduct BiologicallyDerivedProductDispense BodyStructure
          Bundle CapabilityStatement CarePlan CareTeam CatalogEntry ChargeItem
          ChargeItemDefinition Citation Claim ClaimResponse ClinicalImpression
          ClinicalUseDefinition CodeSystem Communication CommunicationRequest
          CompartmentDefinition Composition ConceptMap Condition ConditionDefinition Consent
          Contract Coverage CoverageEligibilityRequest CoverageEligibilityResponse DetectedIssue
          Device DeviceAssociation DeviceDefinition DeviceDispense DeviceMetric DeviceRequest
          DeviceUsage DeviceUseStatement DiagnosticReport DocumentManifest DocumentReference
          EffectEvidenceSynthesis Encounter EncounterHistory Endpoint EnrollmentRequest
          EnrollmentResponse EpisodeOfCare EventDefinition Evidence EvidenceReport
          EvidenceVariable ExampleScenario ExplanationOfBenefit FamilyMemberHistory Flag
          FormularyItem GenomicStudy Goal GraphDefinition Group GuidanceResponse HealthcareService
          ImagingSelection ImagingStudy Immunization ImmunizationEvaluation
          ImmunizationRecommendation ImplementationGuide Ingredient InsurancePlan InventoryItem
          InventoryReport Invoice Library Linkage List Location ManufacturedItemDefinition Measure
          MeasureReport Media Medication MedicationAdministration MedicationDispense
          MedicationKnowledge MedicationRequest MedicationStatement MedicinalProduct
          MedicinalProductAuthorization MedicinalProductContraindication
          MedicinalProductDefinition MedicinalProductIndication MedicinalProductIngredient
          MedicinalProductInteraction MedicinalProductManufactured MedicinalProductPackaged
          MedicinalProductPharmaceutical MedicinalProductUndesirableEffect MessageDefinition
          MessageHeader MolecularSequence NamingSystem NutritionIntake
          NutritionOrder NutritionProduct Observation ObservationDefinition OperationDefinition
          OperationOutcome Organization OrganizationAffiliation PackagedProductDefinition
          Parameters Patient PaymentNotice PaymentReconciliation Permission Person PlanDefinition
          Practitioner PractitionerRole Procedure Provenance Questionnaire QuestionnaireResponse
          RegulatedAuthorization RelatedPerson RequestGroup RequestOrchestration Requirements
          ResearchDefinition ResearchElementDefinition ResearchStudy ResearchSubject
          RiskAssessment RiskEvidenceSynthesis Schedule SearchParameter ServiceRequest Slot
          Specimen SpecimenDefinition StructureDefinition StructureMap Subscription
          SubscriptionStatus SubscriptionTopic Substance SubstanceDefinition SubstanceNucleicAcid
          SubstancePolymer SubstanceProtein SubstanceReferenceInformation SubstanceSourceMaterial
          SubstanceSpecification SupplyDelivery SupplyRequest Task TerminologyCapabilities
          TestPlan TestReport TestScript Transport ValueSet VerificationResult VisionPrescription
          """
              .strip()
              .split("\\s+"));

  private ResourceTypes() {}

  /** Whether it is one, or an entry without a resource. */
  static boolean isKnown(String type) {
    return ALL.contains(type) || type.equals(Resource.NONE);
  }
}
