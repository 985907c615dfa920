// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/**
 * One ward at one moment. Null is unknown and never means 0; nothing is checked or clamped here:
 * models answer an impossible count with a reason.
 *
 * <p>Beds, doctors and patients are counts (UCUM {@code 1}). Beds that are blocked, being cleaned,
 * reserved or occupied are physical beds; one bed may be counted in more than one of them, so
 * {@code available} is given and not the difference of the others. It may be negative in an
 * overfull ward.
 *
 * @param facility the hospital, null when not told
 * @param ward the ward within the facility
 * @param time the moment that the counts describe
 * @param physical beds that stand in the ward
 * @param staffed beds that the staff on duty can serve; fewer than stand there, as a rule
 * @param blocked beds closed, isolated or out of order
 * @param cleaning beds left by a patient and not yet clean
 * @param reserved beds held for a patient who is expected
 * @param occupied beds held by a patient, also by one on leave
 * @param available beds that can take a patient now
 * @param doctors doctors who look after the ward's patients
 * @param observedSince the moment since which arrivals and stays are counted
 * @param arrivals patients who came into the ward since then
 * @param stays stays in the ward that ended since then
 * @param stayDays the length of these stays together, in d. Stays that still last are not in it, so
 *     that the mean over a short observation is too low
 */
@TypeInfo(RecordTypeInfo.Factory.class)
public record Census(
    @Nullable String facility,
    String ward,
    Instant time,
    @Nullable Integer physical,
    @Nullable Integer staffed,
    @Nullable Integer blocked,
    @Nullable Integer cleaning,
    @Nullable Integer reserved,
    @Nullable Integer occupied,
    @Nullable Integer available,
    @Nullable Integer doctors,
    @Nullable Instant observedSince,
    @Nullable Integer arrivals,
    @Nullable Integer stays,
    @Nullable Double stayDays) {}
