// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.capacity;

import io.medflink.core.CapacityAdvice;
import io.medflink.core.CapacityAdvice.Figure;
import io.medflink.core.CapacityModel;
import io.medflink.core.Census;
import io.medflink.core.ModelCard;
import io.medflink.core.Output;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Do a ward's beds and doctors match, and do they match its demand?
 *
 * <p>Without a demand there is no optimum: {@link #balance} says what the beds can carry (the
 * greatest load of which no more than a share waits for a bed, {@link ErlangC#maxLoad}), what the
 * doctors can carry, and which of the two binds. With a demand, {@link #require} recommends beds
 * and doctors.
 *
 * <p>Assumed, and said in every answer: M/M/s, pooled beds, cover round the clock, no skill mix.
 * Small wards pool worse than large ones, so ask for each ward and not for a hospital's sum.
 * Unknown and impossible arguments never throw; they are answered by null figures and the reason.
 *
 * <p>{@link #advise} gives the figures of {@link Balance}, or of {@link Requirement} where the
 * census has seen enough demand (at least a day, and one stay that ended), under their SQL names:
 * {@code sustainable_census}, {@code doctor_gap}, {@code p_delay} and so on. The beds are those
 * that are staffed, and no more than the physical ones that are not blocked.
 *
 * <p>Not for: units that divert when full ({@link ErlangB}), strongly scheduled admissions,
 * rosters.
 *
 * @param maxProbDelay the share of arrivals that may wait for a bed, between 0 and 1, both excluded
 * @param patientsPerDoctor how many patients a doctor looks after, at least 1. The default is for
 *     planning only and must be set locally
 */
public record CapacityBalance(double maxProbDelay, double patientsPerDoctor)
    implements CapacityModel {

  /** The accepted share of arrivals that wait: 5 %, a target of the bed planning literature. */
  public static final double DEFAULT_MAX_PROB_DELAY = 0.05;

  /** What hospitalists called a safe census per shift (Michtalik 2013): opinion, not evidence. */
  public static final double DEFAULT_PATIENTS_PER_DOCTOR = 15;

  private static final ModelCard CARD =
      ModelCard.of(
          "capacity-balance",
          "1",
          "Beds: Erlang C, as in Green LV. How many hospital beds? Inquiry 2002;39:400-412, and"
              + " Green LV. Queueing analysis in healthcare. In: Hall RW, ed. Patient Flow:"
              + " Reducing Delay in Healthcare Delivery. Springer 2006. Patients per doctor:"
              + " Michtalik HJ et al. JAMA Intern Med 2013;173:375-377 (planning default). The"
              + " balance itself is this project's contract, not a published standard.",
          "Planning beds and doctors of one ward where patients wait for a bed. Not for units that"
              + " divert when full, scheduled admissions or rosters.");

  private static final Output SUSTAINABLE = CARD.output("sustainable_census", "{patient}");
  private static final Output BY_BEDS = CARD.output("bed_limited_census", "{patient}");
  private static final Output BY_DOCTORS = CARD.output("doctor_limited_census", "{patient}");
  private static final Output RECOMMENDED_DOCTORS = CARD.output("recommended_doctors", "{doctor}");
  private static final Output DOCTOR_GAP = CARD.output("doctor_gap", "{doctor}");
  private static final Output OCCUPANCY = CARD.output("planned_occupancy", "1");
  private static final Output LOAD = CARD.output("offered_load", "{patient}");
  private static final Output REQUIRED_BEDS = CARD.output("required_beds", "{bed}");
  private static final Output REQUIRED_DOCTORS = CARD.output("required_doctors", "{doctor}");
  private static final Output BED_GAP = CARD.output("bed_gap", "{bed}");
  private static final Output DELAY = CARD.output("p_delay", "1");

  /** Keeps a load that rounding left a hair above 45 from asking for a fourth doctor at 15 each. */
  private static final double ROUNDING = 1e-12;

  private static final double SECONDS_PER_DAY = 86_400;

  /** With the defaults. */
  public CapacityBalance() {
    this(DEFAULT_MAX_PROB_DELAY, DEFAULT_PATIENTS_PER_DOCTOR);
  }

  @Override
  public ModelCard card() {
    return CARD;
  }

  /**
   * What beds and doctors can carry. It never falls when beds or doctors are added.
   *
   * @param beds beds in use, from 0; null is unknown
   * @param doctors doctors on duty, from 0; null is unknown
   */
  public Balance balance(@Nullable Integer beds, @Nullable Integer doctors) {
    int b = beds == null ? -1 : beds;
    int d = doctors == null ? -1 : doctors;
    String reason = reason(b, d);
    if (reason != null) {
      return Balance.unknown(reason);
    }
    double byBeds = BedLimits.maxLoad(b, maxProbDelay);
    double byDoctors = patientsPerDoctor * d;
    double sustainable = Math.min(byBeds, byDoctors);
    int recommended = doctorsFor(byBeds);
    return new Balance(
        sustainable,
        byBeds,
        byDoctors,
        recommended,
        recommended - d,
        binding(b, d, recommended),
        b == 0 ? 0 : sustainable / b,
        "no demand given: a balance, not an optimum; " + conditions());
  }

  /**
   * What a demand asks for. A load of 0 still asks for one bed: without any, an arrival waits.
   *
   * @param beds beds in use, from 0; null is unknown
   * @param doctors doctors on duty, from 0; null is unknown
   * @param arrivalsPerDay in 1/d, from 0; null is unknown
   * @param alosDays the average length of stay in d, from 0; null is unknown
   */
  public Requirement require(
      @Nullable Integer beds,
      @Nullable Integer doctors,
      @Nullable Double arrivalsPerDay,
      @Nullable Double alosDays) {
    int b = beds == null ? -1 : beds;
    int d = doctors == null ? -1 : doctors;
    double arrivals = arrivalsPerDay == null ? Double.NaN : arrivalsPerDay;
    double stay = alosDays == null ? Double.NaN : alosDays;
    double load = arrivals * stay;
    String reason = reason(b, d);
    reason = reason != null ? reason : reason(arrivals, stay, load);
    if (reason != null) {
      return Requirement.unknown(reason);
    }
    double byBeds = BedLimits.maxLoad(b, maxProbDelay);
    double byDoctors = patientsPerDoctor * d;
    int requiredBeds = ErlangC.requiredServers(load, maxProbDelay);
    int requiredDoctors = doctorsFor(load);
    boolean stable = ErlangC.stable(b, load);
    return new Requirement(
        load,
        requiredBeds,
        requiredDoctors,
        requiredBeds - b,
        requiredDoctors - d,
        ErlangC.probDelay(b, load),
        Math.min(byBeds, byDoctors),
        byBeds,
        byDoctors,
        binding(b, d, doctorsFor(byBeds)),
        stable ? load / b : 1,
        (stable ? "" : "more demand than beds: the queue grows without end; ") + conditions());
  }

  @Override
  public CapacityAdvice advise(Census census) {
    Integer beds = beds(census);
    double days = observedDays(census);
    Integer arrivals = census.arrivals();
    Integer stays = census.stays();
    Double stayDays = census.stayDays();
    boolean seen = days >= 1 && arrivals != null && stays != null && stays != 0;
    if (!seen || arrivals == null || stays == null || stayDays == null) {
      Balance b = balance(beds, census.doctors());
      return advice(
          census,
          b.bindingResource(),
          b.assumptions(),
          figure(SUSTAINABLE, b.sustainableCensus()),
          figure(BY_BEDS, b.bedLimitedCensus()),
          figure(BY_DOCTORS, b.doctorLimitedCensus()),
          figure(RECOMMENDED_DOCTORS, b.recommendedDoctors()),
          figure(DOCTOR_GAP, b.doctorGap()),
          figure(OCCUPANCY, b.plannedOccupancy()));
    }
    Requirement r =
        require(
            beds,
            census.doctors(),
            arrivals / days,
            stays > 0 && stayDays >= 0 ? stayDays / stays : Double.NaN);
    return advice(
        census,
        r.bindingResource(),
        r.bindingResource() == null
            ? r.assumptions()
            : r.assumptions() + "; demand as observed: stays that still last are not counted",
        figure(LOAD, r.offeredLoad()),
        figure(REQUIRED_BEDS, r.requiredBeds()),
        figure(REQUIRED_DOCTORS, r.requiredDoctors()),
        figure(BED_GAP, r.bedGap()),
        figure(DOCTOR_GAP, r.doctorGap()),
        figure(DELAY, r.probDelay()),
        figure(SUSTAINABLE, r.sustainableCensus()),
        figure(BY_BEDS, r.bedLimitedCensus()),
        figure(BY_DOCTORS, r.doctorLimitedCensus()),
        figure(OCCUPANCY, r.plannedOccupancy()));
  }

  private CapacityAdvice advice(
      Census census, Balance.@Nullable Binding binding, String assumptions, Figure... figures) {
    return new CapacityAdvice(
        census.facility(),
        census.ward(),
        id(),
        version(),
        census.time(),
        figures,
        binding == null ? null : binding.name(),
        binding == null ? conditions() : assumptions,
        binding == null ? assumptions : null);
  }

  private static Figure figure(Output output, @Nullable Number value) {
    return new Figure(output.name(), value == null ? Double.NaN : value.doubleValue());
  }

  private static @Nullable Integer beds(Census census) {
    Integer staffed = census.staffed();
    Integer physical = census.physical();
    Integer blocked = census.blocked();
    if (staffed == null || physical == null || blocked == null) {
      return staffed;
    }
    return physical < 0 || blocked < 0 ? -1 : Math.min(staffed, physical - blocked);
  }

  private static double observedDays(Census census) {
    Instant since = census.observedSince();
    return since == null
        ? Double.NaN
        : Duration.between(since, census.time()).toSeconds() / SECONDS_PER_DAY;
  }

  private int doctorsFor(double patients) {
    return (int) Math.ceil(patients / patientsPerDoctor * (1 - ROUNDING));
  }

  private static Balance.Binding binding(int beds, int doctors, int recommended) {
    if (beds == 0 && doctors == 0) {
      return Balance.Binding.NONE;
    }
    if (doctors == recommended) {
      return Balance.Binding.BALANCED;
    }
    return doctors < recommended ? Balance.Binding.DOCTORS : Balance.Binding.BEDS;
  }

  private @Nullable String reason(int beds, int doctors) {
    if (!(maxProbDelay > 0 && maxProbDelay < 1)) {
      return "max_prob_delay is not between 0 and 1";
    }
    if (!(patientsPerDoctor >= 1 && Double.isFinite(patientsPerDoctor))) {
      return "patients_per_doctor is not a finite number from 1";
    }
    if (beds < 0) {
      return "bed_count is unknown or negative";
    }
    return doctors < 0 ? "doctor_count is unknown or negative" : null;
  }

  private static @Nullable String reason(double arrivals, double stay, double load) {
    if (!(arrivals >= 0 && Double.isFinite(arrivals))) {
      return "arrivals_per_day is unknown, negative or not finite";
    }
    if (!(stay >= 0 && Double.isFinite(stay))) {
      return "alos_days is unknown, negative or not finite";
    }
    return load <= Search.GREATEST_LOAD ? null : "the offered load is above 1e9";
  }

  private String conditions() {
    return "M/M/s, pooled beds, 24 h cover, no skill mix; at most "
        + plain(maxProbDelay)
        + " of arrivals wait for a bed; "
        + plain(patientsPerDoctor)
        + " patients per doctor"
        + (patientsPerDoctor == DEFAULT_PATIENTS_PER_DOCTOR
            ? " (a planning default: set it locally)"
            : "");
  }

  /** As a person writes it: 15 and 0.05. */
  private static String plain(double figure) {
    return figure == Math.rint(figure) && Math.abs(figure) < 1e9
        ? Long.toString((long) figure)
        : Double.toString(figure);
  }
}
