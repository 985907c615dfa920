// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The newest messages by sender and control id: tells a repeated one from a new one. */
final class Seen {
  /** Where a control id stands, and over what. */
  record Place(Digest content, long sequence) {}

  private final int size;
  private final Map<Digest, Place> places = new LinkedHashMap<>();

  /** Remembers so many, about 150 bytes each. */
  Seen(int size) {
    this.size = size;
  }

  @Nullable Place find(Digest id) {
    return places.get(id);
  }

  void add(Digest id, Digest content, long sequence) {
    places.remove(id); // to the end of the order
    places.put(id, new Place(content, sequence));
    if (places.size() > size) {
      var oldest = places.keySet().iterator();
      oldest.next();
      oldest.remove();
    }
  }

  /** Forgets what was not written after all; puts back what stood there before. */
  void undo(Digest id, @Nullable Place before) {
    places.remove(id);
    if (before != null) {
      places.put(id, before);
    }
  }

  int count() {
    return places.size();
  }
}
