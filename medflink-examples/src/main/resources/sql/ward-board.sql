-- Who is sickest now, and how sure are we: NEWS2 of each patient's latest moment, by the worst that it can
-- be. A patient of whom much is unknown stands where the worst case puts him, and the board says what is
-- missing.
SET 'table.local-time-zone' = 'UTC';
LOAD MODULE medflink;

CREATE TABLE ward_observations (
  patient_id STRING,
  encounter STRING,
  ward STRING,
  bed STRING,
  ts TIMESTAMP_LTZ(3),
  code STRING,
  val DOUBLE,
  text STRING,
  unit STRING,
  WATERMARK FOR ts AS ts - INTERVAL '1' HOUR
) WITH (
  'connector' = 'kafka',
  'topic' = 'ward_observations',
  'properties.bootstrap.servers' = '${bootstrap.servers}',
  'scan.startup.mode' = 'earliest-offset',
  'scan.bounded.mode' = 'latest-offset',
  'format' = 'medflink-json'
);

-- Ada is well and known in full, Ben is ill, of Cem only the breathing is known.
INSERT INTO ward_observations (patient_id, encounter, ward, bed, ts, code, val, unit)
VALUES
  ('mrn|Ada', 'v1', 'W1', '1', TO_TIMESTAMP_LTZ(1767254400000, 3), '9279-1', 16, '/min'),
  ('mrn|Ada', 'v1', 'W1', '1', TO_TIMESTAMP_LTZ(1767254400000, 3), '59408-5', 98, '%'),
  ('mrn|Ada', 'v1', 'W1', '1', TO_TIMESTAMP_LTZ(1767254400000, 3), '8480-6', 124, 'mm[Hg]'),
  ('mrn|Ada', 'v1', 'W1', '1', TO_TIMESTAMP_LTZ(1767254400000, 3), '8867-4', 70, '/min'),
  ('mrn|Ada', 'v1', 'W1', '1', TO_TIMESTAMP_LTZ(1767254400000, 3), '8310-5', 36.8, 'Cel'),
  ('mrn|Ada', 'v1', 'W1', '1', TO_TIMESTAMP_LTZ(1767254400000, 3), '3151-8', 0, 'L/min'),
  ('mrn|Ben', 'v2', 'W1', '2', TO_TIMESTAMP_LTZ(1767254400000, 3), '9279-1', 26, '/min'),
  ('mrn|Ben', 'v2', 'W1', '2', TO_TIMESTAMP_LTZ(1767254400000, 3), '59408-5', 93, '%'),
  ('mrn|Ben', 'v2', 'W1', '2', TO_TIMESTAMP_LTZ(1767254400000, 3), '8480-6', 98, 'mm[Hg]'),
  ('mrn|Ben', 'v2', 'W1', '2', TO_TIMESTAMP_LTZ(1767254400000, 3), '8867-4', 118, '/min'),
  ('mrn|Ben', 'v2', 'W1', '2', TO_TIMESTAMP_LTZ(1767254400000, 3), '8310-5', 38.6, 'Cel'),
  ('mrn|Ben', 'v2', 'W1', '2', TO_TIMESTAMP_LTZ(1767254400000, 3), '3151-8', 0, 'L/min'),
  ('mrn|Cem', 'v3', 'W1', '3', TO_TIMESTAMP_LTZ(1767254400000, 3), '9279-1', 18, '/min');

INSERT INTO ward_observations (patient_id, encounter, ward, bed, ts, code, text)
VALUES
  ('mrn|Ada', 'v1', 'W1', '1', TO_TIMESTAMP_LTZ(1767254400000, 3), '67775-7', 'A'),
  ('mrn|Ben', 'v2', 'W1', '2', TO_TIMESTAMP_LTZ(1767254400000, 3), '67775-7', 'A');

SELECT ward, bed, patient_id, low, high, level_low, level_high, missing
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY patient_id ORDER BY rowtime DESC) AS newest
  FROM ASSESS(
    input => TABLE ward_observations PARTITION BY patient_id,
    model => 'news2',
    on_time => DESCRIPTOR(ts),
    uid => 'ward-board')
  WHERE kind = 'assessment' AND status = 'FINAL'
)
WHERE newest = 1
ORDER BY high DESC, low DESC, patient_id
LIMIT 100;
