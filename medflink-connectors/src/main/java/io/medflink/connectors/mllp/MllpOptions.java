// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.mllp;

import java.time.Duration;
import java.util.List;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.ConfigOptions;
import org.apache.flink.configuration.MemorySize;

/**
 * What can be set of the MLLP source and sink, in Java and in SQL alike; the module's README lists
 * them with their defaults.
 */
public final class MllpOptions {
  /** What a control id over other content than before is. */
  public enum OnConflict {
    /** Refused as CONTROL_ID_CONFLICT: the sender numbers wrongly. */
    REFUSE,
    /** A new message, for senders that begin to count anew. */
    DELIVER
  }

  /** What happens where a journal no longer holds what the checkpoint expects of it. */
  public enum OnGap {
    /** The job fails: acknowledged messages may be lost, and a person has to know. */
    FAIL,
    /** The source goes on with what is there. */
    CONTINUE
  }

  /** What happens to a message that the receiver refuses for good or until the deadline. */
  public enum OnRefusal {
    /** The job fails. */
    FAIL,
    /** It is left out and counted. */
    SKIP
  }

  /** {@code host:port} to listen on, one or several, or to send to. */
  public static final ConfigOption<List<String>> ADDRESS =
      ConfigOptions.key("address")
          .stringType()
          .asList()
          .noDefaultValue()
          .withDescription("host:port to listen on (several with ;) or to send to");

  /** The folder of the journals, one for each address, on a disk that outlives the process. */
  public static final ConfigOption<String> JOURNAL =
      ConfigOptions.key("journal.folder")
          .stringType()
          .noDefaultValue()
          .withDescription("folder of the journals, on a disk that outlives the process");

  /** Bytes of one journal; a message that doesn't fit is refused. */
  public static final ConfigOption<MemorySize> JOURNAL_SIZE =
      ConfigOptions.key("journal.max-size")
          .memoryType()
          .defaultValue(MemorySize.parse("1gb"))
          .withDescription("a message that doesn't fit is refused as JOURNAL_FULL");

  /** What happens where the journal isn't what the checkpoint expects. */
  public static final ConfigOption<OnGap> JOURNAL_ON_GAP =
      ConfigOptions.key("journal.on-gap")
          .enumType(OnGap.class)
          .defaultValue(OnGap.FAIL)
          .withDescription("where the journal isn't what the checkpoint expects: fail, continue");

  /** When a message is acknowledged. */
  public static final ConfigOption<AckMode> ACK_MODE =
      ConfigOptions.key("ack.mode")
          .enumType(AckMode.class)
          .defaultValue(AckMode.DURABLE)
          .withDescription("when a message is acknowledged: durable, checkpoint, received");

  /** Whether AA, AE and AR answer whatever a message asks for. */
  public static final ConfigOption<Boolean> ACK_ORIGINAL =
      ConfigOptions.key("ack.original-mode")
          .booleanType()
          .defaultValue(false)
          .withDescription("answer by AA, AE, AR whatever MSH-15 and MSH-16 ask for");

  /** Messages that are remembered to tell repeated ones. */
  public static final ConfigOption<Integer> DEDUP =
      ConfigOptions.key("dedup.max-messages")
          .intType()
          .defaultValue(100_000)
          .withDescription("messages that are remembered to tell repeated ones, 150 B each");

  /** What a control id over other content is. */
  public static final ConfigOption<OnConflict> ON_CONFLICT =
      ConfigOptions.key("control-id-conflict")
          .enumType(OnConflict.class)
          .defaultValue(OnConflict.REFUSE)
          .withDescription("a control id over other content: refuse, deliver");

  /** Bytes of one message. */
  public static final ConfigOption<MemorySize> MAX_MESSAGE =
      ConfigOptions.key("max-message-size")
          .memoryType()
          .defaultValue(MemorySize.parse("1mb"))
          .withDescription("a longer one is refused as TOO_LARGE");

  /** Connections at once. */
  public static final ConfigOption<Integer> MAX_CONNECTIONS =
      ConfigOptions.key("max-connections")
          .intType()
          .defaultValue(256)
          .withDescription("of one address; more are closed");

  /** For a handshake, for a message, and for an answer to be taken. */
  public static final ConfigOption<Duration> READ_TIMEOUT =
      ConfigOptions.key("read-timeout")
          .durationType()
          .defaultValue(Duration.ofSeconds(30))
          .withDescription("for a handshake, a message's first to last byte, taking an answer");

  /** Between messages. */
  public static final ConfigOption<Duration> IDLE_TIMEOUT =
      ConfigOptions.key("idle-timeout")
          .durationType()
          .defaultValue(Duration.ofHours(1))
          .withDescription("a connection without messages is closed after");

  /** Whether plain text is allowed beyond the loopback address. */
  public static final ConfigOption<Boolean> ALLOW_PLAINTEXT =
      ConfigOptions.key("allow-plaintext")
          .booleanType()
          .defaultValue(false)
          .withDescription("without TLS beyond the loopback address");

  /** The own key and certificate. */
  public static final ConfigOption<String> TLS_KEY_STORE =
      ConfigOptions.key("tls.key-store")
          .stringType()
          .noDefaultValue()
          .withDescription("PKCS #12 file with the own key and certificate; switches TLS on");

  /** Whose certificates are trusted. */
  public static final ConfigOption<String> TLS_TRUST_STORE =
      ConfigOptions.key("tls.trust-store")
          .stringType()
          .noDefaultValue()
          .withDescription("PKCS #12 file with the authorities of the other side");

  /** The password of both stores. */
  public static final ConfigOption<String> TLS_PASSWORD_FILE =
      ConfigOptions.key("tls.password-file")
          .stringType()
          .noDefaultValue()
          .withDescription("text file with the password of both");

  /** Who may connect. */
  public static final ConfigOption<List<String>> TLS_ALLOW =
      ConfigOptions.key("tls.allow")
          .stringType()
          .asList()
          .defaultValues()
          .withDescription(
              "who may connect (several with ;): sha256:HEX, subject:CN=…, dns:…, ip:…, uri:…, or *;"
                  + " '… -> APPLICATION|FACILITY' binds it to MSH-3 and MSH-4");

  /** For one acknowledgment; then the message is sent again on a new connection. */
  public static final ConfigOption<Duration> ACK_TIMEOUT =
      ConfigOptions.key("ack.timeout")
          .durationType()
          .defaultValue(Duration.ofSeconds(30))
          .withDescription("for one acknowledgment; then it is sent again on a new connection");

  /** For one message, however often it is sent. */
  public static final ConfigOption<Duration> DEADLINE =
      ConfigOptions.key("deadline")
          .durationType()
          .defaultValue(Duration.ofMinutes(5))
          .withDescription("for one message, however often it is sent");

  /** Messages that are sent before the first is acknowledged. */
  public static final ConfigOption<Integer> IN_FLIGHT =
      ConfigOptions.key("max-in-flight")
          .intType()
          .defaultValue(1)
          .withDescription("messages sent before the first is acknowledged");

  /** What happens to a message that is refused. */
  public static final ConfigOption<OnRefusal> ON_REFUSAL =
      ConfigOptions.key("on-refusal")
          .enumType(OnRefusal.class)
          .defaultValue(OnRefusal.FAIL)
          .withDescription("a message refused for good or until the deadline: fail, skip");

  /** Those of the source, in the order of the README. */
  static List<ConfigOption<?>> ofSource() {
    return List.of(
        ADDRESS,
        JOURNAL,
        JOURNAL_SIZE,
        JOURNAL_ON_GAP,
        ACK_MODE,
        ACK_ORIGINAL,
        DEDUP,
        ON_CONFLICT,
        MAX_MESSAGE,
        MAX_CONNECTIONS,
        READ_TIMEOUT,
        IDLE_TIMEOUT,
        ALLOW_PLAINTEXT,
        TLS_KEY_STORE,
        TLS_TRUST_STORE,
        TLS_PASSWORD_FILE,
        TLS_ALLOW);
  }

  /** Those of the sink, in the order of the README. */
  static List<ConfigOption<?>> ofSink() {
    return List.of(
        ADDRESS,
        ACK_TIMEOUT,
        DEADLINE,
        IN_FLIGHT,
        ON_REFUSAL,
        ALLOW_PLAINTEXT,
        TLS_KEY_STORE,
        TLS_TRUST_STORE,
        TLS_PASSWORD_FILE);
  }

  private MllpOptions() {}
}
