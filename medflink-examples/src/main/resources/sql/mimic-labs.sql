-- Laboratory results of MIMIC-IV (hosp/labevents.csv.gz) as medflink-json, for replay:
--   sql mimic-labs.sql --set labevents=/data/mimic/hosp/labevents.csv.gz --set panels=/tmp/panels
--   replay --format medflink-json --codes mimic-labs.csv --model kdigo-aki --output - /tmp/panels/*
-- subject_id is the patient, charttime when it was taken, storetime when it was made known, labevent_id
-- its identity. Codes and units stay MIMIC's own: mimic-labs.csv says what they mean. The times are
-- shifted and state no zone: they are taken for UTC. A row without a number is no result.
LOAD MODULE medflink;
SET 'table.local-time-zone' = 'UTC';
SET 'parallelism.default' = '1';

CREATE TABLE labevents (
  labevent_id STRING,
  subject_id STRING,
  hadm_id STRING,
  specimen_id STRING,
  itemid STRING,
  order_provider_id STRING,
  charttime STRING,
  storetime STRING,
  `value` STRING,
  valuenum STRING,
  valueuom STRING,
  ref_range_lower STRING,
  ref_range_upper STRING,
  flag STRING,
  priority STRING,
  comments STRING
) WITH ('connector' = 'filesystem', 'path' = '${labevents}', 'format' = 'csv');

CREATE TABLE panels (
  patient_id STRING,
  encounter STRING,
  ts TIMESTAMP_LTZ(3),
  issued TIMESTAMP_LTZ(3),
  feed STRING,
  `system` STRING,
  code STRING,
  val DOUBLE,
  local_unit STRING,
  range_low DOUBLE,
  range_high DOUBLE,
  id STRING
) WITH ('connector' = 'filesystem', 'path' = '${panels}', 'format' = 'medflink-json');

-- The header is a row without a number. What the code map doesn't know is left here, not rejected there.
INSERT INTO panels
SELECT
  'mimic|' || subject_id,
  NULLIF(hadm_id, ''),
  CAST(charttime AS TIMESTAMP_LTZ(3)),
  CAST(NULLIF(storetime, '') AS TIMESTAMP_LTZ(3)),
  'mimic',
  'mimic-labitems',
  itemid,
  TRY_CAST(valuenum AS DOUBLE),
  NULLIF(valueuom, ''),
  TRY_CAST(ref_range_lower AS DOUBLE),
  TRY_CAST(ref_range_upper AS DOUBLE),
  labevent_id
FROM labevents
WHERE TRY_CAST(valuenum AS DOUBLE) IS NOT NULL
  AND itemid IN (
    '50912', '52546', '50885', '51265', '51301', '51144', '50862', '50882', '50970', '50907', '50904',
    '50852', '50931');
