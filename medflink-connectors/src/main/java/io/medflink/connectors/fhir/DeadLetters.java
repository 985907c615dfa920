// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import io.medflink.connectors.formats.StrictJson;
import io.medflink.core.RejectCode;
import io.medflink.core.Seal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a server refuses for good, a line of JSON each, synced before the next bundle goes: {@code
 * time, code, said} (the HTTP status and the OperationOutcome's codes), {@code resource,
 * identifier, sha256} and, with a {@link Seal}, {@code sealed} (base64). One file a task and
 * attempt, begun with its first line.
 */
final class DeadLetters {
  private final Path folder;
  private final @Nullable Seal seal;
  private final int subtask;
  private @Nullable FSDataOutputStream file;

  DeadLetters(String folder, @Nullable Seal seal, int subtask) {
    this.folder = new Path(folder);
    this.seal = seal;
    this.subtask = subtask;
  }

  /**
   * Adds a line.
   *
   * @throws IOException where it isn't safe on disk
   */
  void add(@Nullable FhirUpdate update, RejectCode code, @Nullable String said) throws IOException {
    byte[] line =
        StrictJson.write(
            json -> {
              json.writeStartObject();
              json.writeStringField("time", Instant.now().toString());
              json.writeStringField("code", code.name());
              if (said != null) {
                json.writeStringField("said", said);
              }
              if (update != null) {
                String digest = update.sha256();
                json.writeStringField("resource", update.type());
                json.writeStringField("identifier", update.system() + "|" + update.value());
                json.writeStringField("sha256", digest);
                if (seal != null) {
                  byte[] bound = digest.getBytes(StandardCharsets.US_ASCII);
                  json.writeBinaryField("sealed", seal.seal(update.resource(), bound));
                }
              }
              json.writeEndObject();
            });
    if (file == null) {
      Path path = new Path(folder, "fhir-" + subtask + "-" + UUID.randomUUID() + ".ndjson");
      FileSystem system = path.getFileSystem();
      system.mkdirs(folder);
      file = system.create(path, FileSystem.WriteMode.NO_OVERWRITE);
    }
    file.write(line);
    file.write('\n');
    file.sync();
  }

  void close() {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        file = null; // each line was synced when it was written
      }
    }
  }
}
