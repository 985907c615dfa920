// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

/** What can change a patient's chart. The cores of the keyed verbs take any of them. */
public sealed interface ChartEvent permits Panel, Movement, Control {}
