// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import java.io.Serializable;
import java.util.function.Consumer;

/** What of a stream's elements becomes resources of a server. */
interface FhirUpdates<T> extends Serializable {
  /**
   * The resources of an element.
   *
   * @throws io.medflink.core.BadInputException for what can't be written
   */
  void of(T element, Consumer<FhirUpdate> out);
}
