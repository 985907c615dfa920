// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.medflink.core.BadInputException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.net.URLEncoder;

/**
 * One resource as it shall stand on a server. What it is known by there is its identifier, which is
 * a digest of what it is about, so that the same thing told again is the same resource.
 *
 * @param type the resource's type
 * @param system the identifier's system
 * @param value the identifier's value
 * @param resource the resource in JSON, without an id
 */
record FhirUpdate(String type, String system, String value, byte[] resource)
    implements Serializable {
  private static final long serialVersionUID = 1;

  /** The conditional update's address. */
  String url() {
    return type + "?identifier=" + URLEncoder.encode(system + "|" + value, UTF_8);
  }

  /** What only this resource has. */
  String identity() {
    return type + " " + system + "|" + value;
  }

  /** Bytes that it takes in a bundle, about. */
  int size() {
    return resource.length + url().length() + 100;
  }

  String sha256() {
    return BadInputException.sha256(resource);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeUTF(type);
    out.writeUTF(system);
    out.writeUTF(value);
    out.writeInt(resource.length);
    out.write(resource);
  }

  static FhirUpdate read(DataInputStream in) throws IOException {
    String type = in.readUTF();
    String system = in.readUTF();
    String value = in.readUTF();
    byte[] resource = new byte[in.readInt()];
    in.readFully(resource);
    return new FhirUpdate(type, system, value, resource);
  }

  /** The type; never whose. */
  @Override
  public String toString() {
    return "FhirUpdate[" + type + "]";
  }
}
