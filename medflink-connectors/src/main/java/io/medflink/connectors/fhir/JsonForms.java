// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The forms of the messages that came last. A sender's messages are mostly of a few forms; where
 * they aren't, learning a form for each would be lost labour, so the pauses between grow. Not for
 * more than one thread.
 */
final class JsonForms {
  private static final int MOST = 8;
  private static final int LARGEST = 1 << 16;
  private static final int LONGEST_PAUSE = 255;

  private final @Nullable JsonForm[] forms = new @Nullable JsonForm[MOST];
  private int pause;
  private int wait;

  /** As {@link Resources.Source}. */
  void walk(byte[] message, boolean proven, Consumer<Resource> visitor) {
    FhirObject content = proven ? null : read(message);
    if (content != null) {
      Resources.visit(content, null, visitor);
    } else if (proven || message.length > LARGEST || wait > 0) {
      wait -= wait > 0 ? 1 : 0;
      JsonResources.walk(message, proven, visitor);
    } else {
      JsonForm form = JsonResources.learn(message, visitor);
      if (form != null) {
        add(form);
      }
    }
  }

  private @Nullable FhirObject read(byte[] message) {
    for (int i = 0; i < MOST; i++) {
      JsonForm form = forms[i];
      FhirObject content = form == null ? null : form.read(message);
      if (content != null) {
        if (i > 0) {
          forms[i] = forms[i - 1];
          forms[i - 1] = form;
        }
        return content;
      }
    }
    return null;
  }

  /** A new one takes the place of that which was of use least lately. */
  private void add(JsonForm form) {
    JsonForm last = forms[MOST - 1];
    if (last != null) {
      pause = last.hits() > 0 ? 0 : Math.min(LONGEST_PAUSE, 2 * pause + 1);
      wait = pause;
    }
    System.arraycopy(forms, 0, forms, 1, MOST - 1);
    forms[0] = form;
  }
}
