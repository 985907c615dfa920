-- Whose heart beats too fast; then the National Early Warning Score of a ward.
SET 'table.local-time-zone' = 'UTC';
LOAD MODULE medflink;

CREATE TABLE patient_data (
  name STRING,
  heart_rate INT,
  status STRING
) WITH (
  'connector' = 'kafka',
  'topic' = 'patient_data',
  'properties.bootstrap.servers' = '${bootstrap.servers}',
  'scan.startup.mode' = 'earliest-offset',
  'scan.bounded.mode' = 'latest-offset',
  'format' = 'json'
);

INSERT INTO patient_data
VALUES ('Alice', 70, 'normal'), ('Bob', 140, 'high'), ('Charlie', 80, 'normal');

SELECT * FROM patient_data WHERE heart_rate > 100;

-- The grown-up form: observations as they are sent, one row each, with code and unit.
CREATE TABLE observations (
  patient_id STRING,
  ts TIMESTAMP_LTZ(3),
  code STRING,
  val DOUBLE,
  text STRING,
  unit STRING,
  WATERMARK FOR ts AS ts - INTERVAL '2' HOUR
) WITH (
  'connector' = 'kafka',
  'topic' = 'observations',
  'properties.bootstrap.servers' = '${bootstrap.servers}',
  'scan.startup.mode' = 'earliest-offset',
  'scan.bounded.mode' = 'latest-offset',
  'format' = 'medflink-json'
);

-- Charlie's temperature is sent in °F and converted; of Bob much is unknown, and nothing is assumed.
INSERT INTO observations (patient_id, ts, code, val, unit)
VALUES
  ('mrn|Alice', TO_TIMESTAMP_LTZ(1767254400000, 3), '9279-1', 14, '/min'),
  ('mrn|Alice', TO_TIMESTAMP_LTZ(1767254400000, 3), '59408-5', 98, '%'),
  ('mrn|Alice', TO_TIMESTAMP_LTZ(1767254400000, 3), '8480-6', 124, 'mm[Hg]'),
  ('mrn|Alice', TO_TIMESTAMP_LTZ(1767254400000, 3), '8867-4', 70, '/min'),
  ('mrn|Alice', TO_TIMESTAMP_LTZ(1767254400000, 3), '8310-5', 36.8, 'Cel'),
  ('mrn|Alice', TO_TIMESTAMP_LTZ(1767254400000, 3), '3151-8', 0, 'L/min'),
  ('mrn|Bob', TO_TIMESTAMP_LTZ(1767254400000, 3), '9279-1', 22, '/min'),
  ('mrn|Bob', TO_TIMESTAMP_LTZ(1767258000000, 3), '8867-4', 140, '/min'),
  ('mrn|Charlie', TO_TIMESTAMP_LTZ(1767254400000, 3), '9279-1', 16, '/min'),
  ('mrn|Charlie', TO_TIMESTAMP_LTZ(1767254400000, 3), '59408-5', 97, '%'),
  ('mrn|Charlie', TO_TIMESTAMP_LTZ(1767254400000, 3), '8480-6', 118, 'mm[Hg]'),
  ('mrn|Charlie', TO_TIMESTAMP_LTZ(1767254400000, 3), '8867-4', 80, '/min'),
  ('mrn|Charlie', TO_TIMESTAMP_LTZ(1767254400000, 3), '8310-5', 101.3, '[degF]'),
  ('mrn|Charlie', TO_TIMESTAMP_LTZ(1767254400000, 3), '3151-8', 0, 'L/min');

INSERT INTO observations (patient_id, ts, code, text)
VALUES
  ('mrn|Alice', TO_TIMESTAMP_LTZ(1767254400000, 3), '67775-7', 'A'),
  ('mrn|Charlie', TO_TIMESTAMP_LTZ(1767254400000, 3), '67775-7', 'A');

-- Each patient's latest settled NEWS2: low and high differ where something is missing. A moment has
-- one final answer; ordered by one column, since Flink 2.3 takes a newest row by several columns for
-- one that is never replaced (FLINK-40368).
SELECT patient_id, ts, low, high, level, missing
FROM (
  SELECT *, ROW_NUMBER() OVER (PARTITION BY patient_id ORDER BY rowtime DESC) AS newest
  FROM ASSESS(
    input => TABLE observations PARTITION BY patient_id,
    model => 'news2',
    on_time => DESCRIPTOR(ts),
    uid => 'ward-news2')
  WHERE kind = 'assessment' AND status = 'FINAL'
)
WHERE newest = 1;
