// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.connectors.json.MedflinkJson;
import io.medflink.core.Alert;
import io.medflink.core.Control;
import io.medflink.core.Message;
import io.medflink.core.RiskAssessment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.file.src.FileSource;
import org.apache.flink.connector.file.src.reader.TextLineInputFormat;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.CloseableIterator;

/** The night as an archive keeps it: files of what was received when, and what comes of them. */
record ArchivedNight(Path messages, Path decisions) {

  /** Writes the files. */
  static ArchivedNight write(Path folder, List<Control> decisions) throws IOException {
    List<String> sent =
        NightScript.messages().stream()
            .map(one -> one.received() + " " + base64(one.bytes()))
            .toList();
    List<String> decided =
        decisions.stream()
            .map(one -> one.issued() + " " + base64(MedflinkJson.encode(one)))
            .toList();
    return new ArchivedNight(
        Files.write(folder.resolve("messages"), sent),
        Files.write(folder.resolve("decisions"), decided));
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** The last word on each moment and each episode, by the job of the night over the files. */
  Map<String, String> lastWords(RuntimeExecutionMode mode) throws Exception {
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.getExecutionEnvironment(
            new Configuration().set(PipelineOptions.GENERIC_TYPES, false));
    env.setRuntimeMode(mode);
    env.setParallelism(1);
    NightJob job =
        NightJob.of(
            read(env, messages), read(env, decisions), Night.decoder(), Night.FIRST, Night.SECOND);
    try (CloseableIterator<RiskAssessment> answers = job.assessments().collectAsync();
        CloseableIterator<Alert> first = job.alerts().collectAsync();
        CloseableIterator<Alert> second = job.others().collectAsync()) {
      env.executeAsync("archive");
      return lastWords(all(answers), all(first), all(second));
    }
  }

  private static <T> List<T> all(CloseableIterator<T> news) {
    List<T> all = new ArrayList<>();
    news.forEachRemaining(all::add);
    return all;
  }

  /** The last word on each moment and each episode of a night. */
  static Map<String, String> lastWords(
      List<RiskAssessment> answers, List<Alert> first, List<Alert> second) {
    Map<String, RiskAssessment> newest = new TreeMap<>();
    for (RiskAssessment a : answers) {
      newest.merge(
          a.patientId() + " " + a.time(), a, (x, y) -> y.revision() > x.revision() ? y : x);
    }
    Map<String, String> words = new TreeMap<>();
    newest.forEach(
        (key, a) -> {
          if (a.status() != RiskAssessment.Status.ENTERED_IN_ERROR) {
            words.put(key, Arrays.toString(said(a)));
          }
        });
    first.forEach(alert -> words.put("first " + alert.id(), said(alert)));
    second.forEach(alert -> words.put("second " + alert.id(), said(alert)));
    words.values().removeIf(word -> word.startsWith("WITHDRAWN"));
    return words;
  }

  private static Object[] said(RiskAssessment a) {
    return new Object[] {
      a.encounter(), a.ward(), a.bed(), a.low(), a.high(), a.levelLow(), a.levelHigh(), a.reason()
    };
  }

  private static String said(Alert a) {
    return a.event() + " " + a.priority() + " since " + a.onset() + " of " + a.patientId();
  }

  private static DataStream<Message> read(StreamExecutionEnvironment env, Path file) {
    FileSource<String> source =
        FileSource.forRecordStreamFormat(
                new TextLineInputFormat(),
                org.apache.flink.core.fs.Path.fromLocalFile(file.toFile()))
            .build();
    String name = file.getFileName().toString();
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), name)
        .map(ArchivedNight::message)
        .returns(Message.class);
  }

  private static Message message(String line) {
    int space = line.indexOf(' ');
    byte[] bytes = Base64.getDecoder().decode(line.substring(space + 1));
    return new Message(bytes, null, Instant.parse(line.substring(0, space)));
  }
}
