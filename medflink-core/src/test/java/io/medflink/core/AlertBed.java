// SPDX-License-Identifier: Apache-2.0
package io.medflink.core;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One patient before an {@link AlertCore}; times are minutes after noon. */
final class AlertBed implements AlertState, AlertCore.Out {
  static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  static final String MODEL = "news2";

  final String key;
  byte @Nullable [] head;
  final Map<Long, byte[]> stretches = new HashMap<>();
  List<Control> wards = new ArrayList<>();
  List<Alert> feeds = new ArrayList<>();
  long end = Long.MIN_VALUE;

  final List<Alert> said = new ArrayList<>();
  final List<AlertEvent> late = new ArrayList<>();
  final List<Rejected> rejected = new ArrayList<>();
  int in;
  int used;
  int unused;
  int duplicate;

  private final AlertOptions options;
  private AlertCore core;
  Now now = Now.replay(Long.MIN_VALUE);

  AlertBed(AlertOptions options) {
    this("ward|1", options);
  }

  AlertBed(String key, AlertOptions options) {
    this.key = key;
    this.options = options;
    core = new AlertCore(options, this);
  }

  static AlertRule rule() {
    return AlertRule.of(MODEL)
        .withLevels(RiskLevel.MEDIUM, RiskLevel.LOW)
        .withQuiet(Duration.ZERO)
        .withEscalation(0, Duration.ofMinutes(15));
  }

  static AlertOptions options(AlertRule rule) {
    return AlertOptions.of(rule).withActionableWithin(null);
  }

  static Instant at(double minutes) {
    return NOON.plusMillis(Math.round(minutes * 60_000));
  }

  static long ms(double minutes) {
    return at(minutes).toEpochMilli();
  }

  AlertCore core() {
    return core;
  }

  /** A certain level, received at once. */
  static RiskAssessment level(double minutes, RiskLevel level) {
    return assessment(minutes, 1, level, level, minutes);
  }

  static RiskAssessment assessment(
      double minutes, int revision, RiskLevel low, RiskLevel high, double received) {
    return new RiskAssessment(
        "ward|1",
        "e1",
        "north",
        "w1",
        "b1",
        MODEL,
        "2017",
        at(minutes),
        revision,
        revision == 1 ? RiskAssessment.Status.PRELIMINARY : RiskAssessment.Status.AMENDED,
        high == RiskLevel.UNKNOWN
            ? new Prediction[0]
            : new Prediction[] {new Prediction("score", 3.0 * low.ordinal(), 3.0 * high.ordinal())},
        low,
        high,
        low == high ? new String[0] : new String[] {"spo2"},
        null,
        at(received),
        "monitors");
  }

  static RiskAssessment withdrawn(double minutes, int revision) {
    RiskAssessment a = assessment(minutes, revision, RiskLevel.UNKNOWN, RiskLevel.UNKNOWN, minutes);
    return new RiskAssessment(
        a.patientId(),
        a.encounter(),
        a.facility(),
        a.ward(),
        a.bed(),
        a.model(),
        a.version(),
        a.time(),
        revision,
        RiskAssessment.Status.ENTERED_IN_ERROR,
        new Prediction[0],
        RiskLevel.UNKNOWN,
        RiskLevel.UNKNOWN,
        new String[0],
        null,
        a.received(),
        a.feed());
  }

  static Control control(
      Control.Kind kind, @Nullable String target, double from, @Nullable Double until) {
    return new Control(
        kind,
        "ward|1",
        null,
        null,
        target,
        Double.NaN,
        "sister",
        "agreed",
        at(from),
        until == null ? null : at(until),
        null,
        null);
  }

  static Control ward(Control.Kind kind, String ward, double from, @Nullable Double until) {
    Control c = control(kind, null, from, until);
    return new Control(
        kind,
        null,
        null,
        ward,
        null,
        Double.NaN,
        c.author(),
        c.reason(),
        c.from(),
        c.until(),
        null,
        null);
  }

  static Control limit(double value, double from, double until) {
    Control c = control(Control.Kind.LIMIT, MODEL, from, until);
    return new Control(
        c.kind(),
        c.patientId(),
        null,
        null,
        MODEL,
        value,
        c.author(),
        c.reason(),
        c.from(),
        c.until(),
        null,
        null);
  }

  static Movement movement(Movement.Kind kind, String encounter, String ward, double occurred) {
    return new Movement(
        kind,
        "ward|1",
        null,
        encounter,
        null,
        "north",
        ward,
        null,
        null,
        at(occurred),
        null,
        null,
        "adt");
  }

  void send(RiskAssessment assessment) {
    send(AlertEvent.of(assessment));
  }

  void send(Control control) {
    send(AlertEvent.of(control));
  }

  void send(Movement movement) {
    send(AlertEvent.of(movement));
  }

  void send(AlertEvent event) {
    in++;
    core.on(event, now, this);
  }

  void ward(Control control) {
    wards = new ArrayList<>(wards);
    Holds.keep(wards, control);
  }

  void feed(Alert alert) {
    feeds = new ArrayList<>(feeds);
    feeds.removeIf(a -> a.id().equals(alert.id()));
    feeds.add(alert);
  }

  /** The watermark passes; in replay. */
  void watermark(double minutes) {
    now = Now.replay(ms(minutes));
    core.advance(now, this);
  }

  /** The clock shows a time; in live mode. */
  void clock(double minutes) {
    now = new Now(now.watermark(), ms(minutes));
    core.advance(now, this);
  }

  /** Only tells the time, so that the next event comes then. */
  void set(double minutes) {
    now = new Now(now.watermark(), ms(minutes));
  }

  void finish() {
    now = Now.replay(Long.MAX_VALUE);
    core.advance(now, this);
  }

  void restore() {
    core = new AlertCore(options, this);
  }

  List<Alert.Event> events() {
    return said.stream().map(Alert::event).toList();
  }

  List<Alert> pages() {
    return said.stream().filter(Alert::pages).toList();
  }

  Alert last() {
    return said.get(said.size() - 1);
  }

  /** The last word on each episode that was not withdrawn. */
  Map<String, String> lastWords() {
    Map<String, String> words = new TreeMap<>();
    for (Alert a : said) {
      words.put(a.id(), a.event() + " " + a.priority() + " since " + a.onset());
    }
    words.values().removeIf(word -> word.startsWith("WITHDRAWN"));
    return words;
  }

  @Override
  public String patientId() {
    return key;
  }

  @Override
  public byte @Nullable [] head() {
    return head;
  }

  @Override
  public void head(byte[] newHead) {
    head = newHead;
  }

  @Override
  public byte @Nullable [] stretch(long number) {
    return stretches.get(number);
  }

  @Override
  public void stretch(long number, byte[] items) {
    stretches.put(number, items);
  }

  @Override
  public void removeStretch(long number) {
    stretches.remove(number);
  }

  @Override
  public void clear() {
    head = null;
    stretches.clear();
  }

  @Override
  public List<Control> wardControls() {
    return wards;
  }

  @Override
  public List<Alert> lostFeeds() {
    return feeds;
  }

  @Override
  public long end() {
    return end;
  }

  @Override
  public void alert(Alert alert) {
    said.add(alert);
  }

  @Override
  public void late(AlertEvent event) {
    late.add(event);
  }

  @Override
  public void rejected(Rejected refused) {
    rejected.add(refused);
  }

  @Override
  public void counted(int nowUsed, int nowUnused, int nowDuplicate) {
    used += nowUsed;
    unused += nowUnused;
    duplicate += nowDuplicate;
  }
}
