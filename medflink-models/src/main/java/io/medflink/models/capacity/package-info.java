// SPDX-License-Identifier: Apache-2.0
/**
 * Wards: queueing and the balance of beds and doctors. Plain Java without Flink.
 *
 * <p>Notation: the offered load a = arrival rate × mean stay, in erlangs (UCUM {@code 1}), is the
 * mean number of patients in a ward that never runs full; s is the number of servers: beds, or
 * doctors.
 */
@NullMarked
package io.medflink.models.capacity;

import org.jspecify.annotations.NullMarked;
