-- What the code map lacks: rejected values by code and unit, with the row of the map to complete.
SET 'table.local-time-zone' = 'UTC';
LOAD MODULE medflink;

CREATE TABLE feed_observations (
  patient_id STRING,
  feed STRING,
  ts TIMESTAMP_LTZ(3),
  `system` STRING,
  code STRING,
  val DOUBLE,
  local_unit STRING,
  local_value STRING,
  WATERMARK FOR ts AS ts - INTERVAL '1' HOUR
) WITH (
  'connector' = 'kafka',
  'topic' = 'feed_observations',
  'properties.bootstrap.servers' = '${bootstrap.servers}',
  'scan.startup.mode' = 'earliest-offset',
  'scan.bounded.mode' = 'latest-offset',
  'format' = 'medflink-json'
);

INSERT INTO feed_observations
VALUES
  ('mrn|Ada', 'icu', TO_TIMESTAMP_LTZ(1767254400000, 3), 'LOCAL', 'HF', 70, 'bpm', CAST(NULL AS STRING)),
  ('mrn|Ben', 'icu', TO_TIMESTAMP_LTZ(1767254400000, 3), 'LOCAL', 'HF', 80, 'bpm', CAST(NULL AS STRING)),
  ('mrn|Ben', 'lab', TO_TIMESTAMP_LTZ(1767254400000, 3), 'http://loinc.org', '8867-4', 80, 'per minute', CAST(NULL AS STRING));

-- feed,system,code,loinc,local_unit,unit,local_value,value: complete loinc and unit.
SELECT
  reject_code,
  COUNT(*) AS times,
  CONCAT(',,', code, ',,', COALESCE(unit, ''), ',,,') AS code_map_row
FROM ASSESS(
  input => TABLE feed_observations PARTITION BY patient_id,
  model => 'news2',
  on_time => DESCRIPTOR(ts),
  uid => 'mapping-gaps')
WHERE kind = 'rejected'
GROUP BY reject_code, code, unit;
