// SPDX-License-Identifier: Apache-2.0
/**
 * Models that learn: logistic and Cox models from a file of coefficients (a model card), their
 * fitting and recalibration to a population, and the watch over their inputs and calibration.
 * Models never change by themselves: recalibration proposes a card, people switch.
 */
@NullMarked
package io.medflink.models.learned;

import org.jspecify.annotations.NullMarked;
