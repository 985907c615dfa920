// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import io.medflink.core.Message;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A Kafka topic of messages, read from its beginning to where it ends now. */
record Topic(String servers, String name) {

  /** Writes messages in their order, and returns when the broker has them all. */
  void write(List<byte[]> messages) throws Exception {
    write(messages, Map.of());
  }

  /** The same, with the moment of receipt of messages by their number. */
  void write(List<byte[]> messages, Map<Integer, Instant> received) throws Exception {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", servers, "acks", "all", "enable.idempotence", true);
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer.partitionsFor(name); // makes the topic where the broker may
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int i = 0; i < messages.size(); i++) {
        Instant at = received.get(i);
        Long time = at == null ? null : (Long) at.toEpochMilli();
        sent.add(producer.send(new ProducerRecord<>(name, null, time, null, messages.get(i))));
      }
      for (Future<RecordMetadata> one : sent) {
        one.get();
      }
    }
  }

  /** Its messages, with their positions. Watermarks are made of what is decoded. */
  DataStream<Message> read(StreamExecutionEnvironment env) {
    KafkaSource<Message> source =
        KafkaSource.<Message>builder()
            .setBootstrapServers(servers)
            .setTopics(name)
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setBounded(OffsetsInitializer.latest())
            .setDeserializer(new Messages())
            .build();
    return env.fromSource(source, WatermarkStrategy.noWatermarks(), name).uid(name);
  }

  private static final class Messages implements KafkaRecordDeserializationSchema<Message> {
    private static final long serialVersionUID = 1;

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Message> out) {
      if (record.value() != null) {
        String position = record.topic() + "-" + record.partition() + "@" + record.offset();
        out.collect(new Message(record.value(), position, null));
      }
    }

    @Override
    public TypeInformation<Message> getProducedType() {
      return TypeInformation.of(Message.class);
    }
  }
}
