// SPDX-License-Identifier: Apache-2.0
/** FHIR R4 and R5 in JSON: Observation and Patient, alone, as NDJSON lines and in bundles. */
@NullMarked
package io.medflink.connectors.fhir;

import org.jspecify.annotations.NullMarked;
