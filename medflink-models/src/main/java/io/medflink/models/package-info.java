// SPDX-License-Identifier: Apache-2.0
/** Clinical scores and disease-risk models, one file each. Pure Java: no Flink. */
@NullMarked
package io.medflink.models;

import org.jspecify.annotations.NullMarked;
