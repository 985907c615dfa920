// SPDX-License-Identifier: Apache-2.0
/**
 * The SQL face: {@code LOAD MODULE medflink} gives every function, {@code CREATE MODEL … WITH
 * ('provider'='medflink')} every model of latest values to {@code ML_PREDICT}. Whatever a row
 * holds, it is answered: no NULL and no impossible value ends a job.
 */
@NullMarked
package io.medflink.models.sql;

import org.jspecify.annotations.NullMarked;
