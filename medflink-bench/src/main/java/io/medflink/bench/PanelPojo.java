// SPDX-License-Identifier: Apache-2.0
package io.medflink.bench;

import io.medflink.core.Observation;
import io.medflink.core.Panel;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The fields of {@link Panel} in a class as Flink's PojoSerializer wants it. */
public final class PanelPojo {
  public String patientId = "";
  public @Nullable String encounter;
  public @Nullable String facility;
  public @Nullable String ward;
  public @Nullable String bed;
  public Instant time = Instant.EPOCH;
  public @Nullable Instant issued;
  public @Nullable Instant received;
  public @Nullable String feed;
  public String[] identifiers = {};
  public ObservationPojo[] observations = {};

  /** For Flink. */
  public PanelPojo() {}

  static PanelPojo of(Panel p) {
    PanelPojo pojo = new PanelPojo();
    pojo.patientId = p.patientId();
    pojo.encounter = p.encounter();
    pojo.facility = p.facility();
    pojo.ward = p.ward();
    pojo.bed = p.bed();
    pojo.time = p.time();
    pojo.issued = p.issued();
    pojo.received = p.received();
    pojo.feed = p.feed();
    pojo.identifiers = p.identifiers();
    pojo.observations =
        Arrays.stream(p.observations()).map(ObservationPojo::of).toArray(ObservationPojo[]::new);
    return pojo;
  }

  /** The fields of {@link Observation}. */
  public static final class ObservationPojo {
    public @Nullable String code;
    public double value;
    public @Nullable String text;
    public @Nullable String unit;
    public Observation.@Nullable Status status;
    public @Nullable String localSystem;
    public @Nullable String localCode;
    public @Nullable String localUnit;
    public @Nullable String localText;
    public @Nullable String id;
    public Observation.@Nullable Comparator comparator;
    public double rangeLow;
    public double rangeHigh;
    public @Nullable String flag;
    public Observation.@Nullable Method method;
    public int artefacts;

    /** For Flink. */
    public ObservationPojo() {}

    static ObservationPojo of(Observation o) {
      ObservationPojo pojo = new ObservationPojo();
      pojo.code = o.code();
      pojo.value = o.value();
      pojo.text = o.text();
      pojo.unit = o.unit();
      pojo.status = o.status();
      pojo.localSystem = o.localSystem();
      pojo.localCode = o.localCode();
      pojo.localUnit = o.localUnit();
      pojo.localText = o.localText();
      pojo.id = o.id();
      pojo.comparator = o.comparator();
      pojo.rangeLow = o.rangeLow();
      pojo.rangeHigh = o.rangeHigh();
      pojo.flag = o.flag();
      pojo.method = o.method();
      pojo.artefacts = o.artefacts();
      return pojo;
    }
  }
}
