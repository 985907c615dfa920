// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import org.jspecify.annotations.Nullable;

/**
 * A resource, or an entry of a bundle that has none.
 *
 * @param type its resourceType, empty when it has none; {@link #NONE} or {@link #DELETED}
 * @param content its properties
 * @param fullUrl its name in the bundle
 * @param container the resource that contains it; its {@code #id} is known only there
 */
record Resource(
    String type, FhirObject content, @Nullable String fullUrl, @Nullable Resource container) {

  /** The type of an entry without a resource. */
  static final String NONE = "entry";

  /** The type of an entry that says that a resource was deleted. */
  static final String DELETED = "DELETE";

  /** The identity of a resource that stands on its own, or null. */
  @Nullable String id() {
    String id = content.text("id");
    if (container == null) {
      return id == null ? localPart(fullUrl) : id;
    }
    String outer = container.id();
    return outer == null || id == null ? null : outer + "#" + id;
  }

  /** Whether the message is this resource, not a bundle: its references lead elsewhere. */
  boolean isAlone() {
    return (container == null ? this : container).content.isRoot();
  }

  /** What stands behind the last slash or colon of a reference or URL, without a version. */
  static @Nullable String localPart(@Nullable String url) {
    if (url == null) {
      return null;
    }
    int version = url.indexOf("/_history/");
    String whole = version < 0 ? url : url.substring(0, version);
    String part = whole.substring(Math.max(whole.lastIndexOf('/'), whole.lastIndexOf(':')) + 1);
    return part.isEmpty() ? null : part;
  }

  /** The type of resource; never what it says. */
  @Override
  public String toString() {
    return "Resource[" + type + "]";
  }
}
