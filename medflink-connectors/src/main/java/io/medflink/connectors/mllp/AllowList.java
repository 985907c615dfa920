// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/**
 * Whose certificates may connect, and under which name their owners may send. An entry is {@code
 * sha256:HEX} (the certificate's fingerprint), {@code subject:CN=…}, {@code dns:NAME}, {@code
 * ip:ADDRESS} or {@code uri:URI} (its subject alternative names), or {@code *}: every certificate
 * that the trust store trusts. {@code ENTRY -> APPLICATION|FACILITY} lets it send with this MSH-3.1
 * and MSH-4.1 only.
 */
final class AllowList {
  private record Entry(Predicate<X509Certificate> matches, @Nullable String sender) {}

  private final List<Entry> entries = new ArrayList<>();

  /**
   * Reads entries.
   *
   * @throws IllegalArgumentException for one that is none, or none at all
   */
  AllowList(List<String> texts) {
    for (String text : texts) {
      int arrow = text.indexOf("->");
      String who = (arrow < 0 ? text : text.substring(0, arrow)).strip();
      String sender = arrow < 0 ? null : text.substring(arrow + 2).strip();
      entries.add(new Entry(matcher(who), sender));
    }
    if (entries.isEmpty()) {
      throw new IllegalArgumentException("TLS needs an allow-list; '*' allows all that is trusted");
    }
  }

  private static Predicate<X509Certificate> matcher(String who) {
    if (who.equals("*")) {
      return certificate -> true;
    }
    String value = who.substring(who.indexOf(':') + 1).strip();
    return switch (who.substring(0, Math.max(0, who.indexOf(':')))) {
      case "sha256" -> {
        byte[] wanted = HexFormat.of().parseHex(value.replace(":", "").toLowerCase(Locale.ROOT));
        yield certificate -> MessageDigest.isEqual(wanted, fingerprint(certificate));
      }
      case "subject" -> {
        X500Principal wanted = new X500Principal(value);
        yield certificate -> wanted.equals(certificate.getSubjectX500Principal());
      }
      case "dns" -> certificate -> hasName(certificate, 2, value);
      case "uri" -> certificate -> hasName(certificate, 6, value);
      case "ip" -> certificate -> hasName(certificate, 7, value);
      default -> throw new IllegalArgumentException("no entry of an allow-list: " + who);
    };
  }

  private static byte[] fingerprint(X509Certificate certificate) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
    } catch (GeneralSecurityException e) {
      return new byte[0];
    }
  }

  private static boolean hasName(X509Certificate certificate, int kind, String value) {
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      return names != null
          && names.stream()
              .anyMatch(
                  name ->
                      name.get(0).equals(kind)
                          && name.get(1) instanceof String text
                          && text.equalsIgnoreCase(value));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** What a certificate's owner may send; null where it may not even connect. */
  @Nullable Predicate<Msh> senders(X509Certificate certificate) {
    List<Entry> matching = entries.stream().filter(e -> e.matches().test(certificate)).toList();
    return matching.isEmpty()
        ? null
        : msh -> {
          String sender = msh.component(3, 1) + "|" + msh.component(4, 1);
          return matching.stream().anyMatch(e -> e.sender() == null || e.sender().equals(sender));
        };
  }
}
