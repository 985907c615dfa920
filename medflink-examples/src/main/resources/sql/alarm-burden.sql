-- How many alarms a ward gets for each bed that is taken for a day, over an archive, for one setting: what
-- pages somebody of NEWS2 with the rule below, escalations too. A bed counts from the movement that filled it
-- to the one that emptied it, or to the end of the archive. The rows of an archive come in any order, here
-- within 99 days; so each moment is told once, when all of it is known.
SET 'table.local-time-zone' = 'UTC';
LOAD MODULE medflink;
CREATE CATALOG medflink WITH ('type' = 'medflink');

CREATE TABLE archived_observations (
  WATERMARK FOR ts AS ts - INTERVAL '99' DAY
) WITH (
  'connector' = 'kafka',
  'topic' = 'archived_observations',
  'properties.bootstrap.servers' = '${bootstrap.servers}',
  'scan.startup.mode' = 'earliest-offset',
  'scan.bounded.mode' = 'latest-offset',
  'format' = 'medflink-json'
) LIKE medflink.schemas.observation;

CREATE TABLE archived_movements (
  WATERMARK FOR ts AS ts - INTERVAL '99' DAY
) WITH (
  'connector' = 'kafka',
  'topic' = 'archived_movements',
  'properties.bootstrap.servers' = '${bootstrap.servers}',
  'scan.startup.mode' = 'earliest-offset',
  'scan.bounded.mode' = 'latest-offset',
  'format' = 'medflink-json',
  'medflink-json.records' = 'movements'
) LIKE medflink.schemas.movement;

-- Ada and Ben lie on W1, Ben goes to W2 in the evening; Cem stays on W2 to the end; Dora, on W3, is well.
INSERT INTO archived_movements (kind, patient_id, encounter, facility, ward, bed, ts)
VALUES
  ('admit', 'mrn|Ada', 'v1', 'north', 'W1', '1', TO_TIMESTAMP_LTZ(1767225600000, 3)),
  ('admit', 'mrn|Ben', 'v2', 'north', 'W1', '2', TO_TIMESTAMP_LTZ(1767225600000, 3)),
  ('admit', 'mrn|Cem', 'v3', 'north', 'W2', '1', TO_TIMESTAMP_LTZ(1767225600000, 3)),
  ('admit', 'mrn|Dora', 'v4', 'north', 'W3', '1', TO_TIMESTAMP_LTZ(1767225600000, 3)),
  ('transfer', 'mrn|Ben', 'v2', 'north', 'W2', '2', TO_TIMESTAMP_LTZ(1767290400000, 3)),
  ('discharge', 'mrn|Ben', 'v2', 'north', 'W2', '2', TO_TIMESTAMP_LTZ(1767333600000, 3)),
  ('discharge', 'mrn|Ada', 'v1', 'north', 'W1', '1', TO_TIMESTAMP_LTZ(1767398400000, 3)),
  ('discharge', 'mrn|Dora', 'v4', 'north', 'W3', '1', TO_TIMESTAMP_LTZ(1767398400000, 3));

-- Each hour's round of six numbers and the consciousness; Ben is ill from 08:00 to 12:00 and from 20:00 to
-- 22:00, Cem once, on the second day at 06:00.
INSERT INTO archived_observations (patient_id, encounter, facility, ward, bed, ts, code, val, text, unit)
SELECT
  patient_id, encounter, 'north', ward, bed,
  TO_TIMESTAMP_LTZ(1767225600000 + (tens + ones) * 3600000, 3),
  code,
  CASE
    WHEN (patient_id = 'mrn|Ben' AND (tens + ones BETWEEN 8 AND 12 OR tens + ones BETWEEN 20 AND 22))
      OR (patient_id = 'mrn|Cem' AND tens + ones = 30) THEN ill
    ELSE well
  END,
  text,
  unit
FROM (VALUES (0)) AS archive (day0)
CROSS JOIN UNNEST(ARRAY[0, 10, 20, 30, 40]) AS t (tens)
CROSS JOIN UNNEST(ARRAY[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]) AS o (ones)
CROSS JOIN UNNEST(ARRAY[
  ROW('mrn|Ada', 'v1', 'W1', '1', 0, 47),
  ROW('mrn|Ben', 'v2', 'W1', '2', 0, 17),
  ROW('mrn|Ben', 'v2', 'W2', '2', 18, 29),
  ROW('mrn|Cem', 'v3', 'W2', '1', 0, 48),
  ROW('mrn|Dora', 'v4', 'W3', '1', 0, 47)]) AS stays (patient_id, encounter, ward, bed, since, until)
CROSS JOIN UNNEST(ARRAY[
  ROW('9279-1', 16e0, 32e0, CAST(NULL AS STRING), '/min'),
  ROW('59408-5', 98e0, 98e0, CAST(NULL AS STRING), '%'),
  ROW('8480-6', 124e0, 124e0, CAST(NULL AS STRING), 'mm[Hg]'),
  ROW('8867-4', 70e0, 130e0, CAST(NULL AS STRING), '/min'),
  ROW('8310-5', 36.8e0, 36.8e0, CAST(NULL AS STRING), 'Cel'),
  ROW('3151-8', 0e0, 0e0, CAST(NULL AS STRING), 'L/min'),
  ROW('67775-7', CAST(NULL AS DOUBLE), CAST(NULL AS DOUBLE), 'A', CAST(NULL AS STRING))])
  AS observed (code, well, ill, text, unit)
WHERE tens + ones BETWEEN since AND until;

CREATE TEMPORARY VIEW charted AS
SELECT patient_id, CAST(NULL AS STRING) AS kind, encounter, facility, ward, bed, ts, code, val, text, unit
FROM archived_observations
UNION ALL
SELECT
  patient_id, kind, encounter, facility, ward, bed, ts,
  CAST(NULL AS STRING), CAST(NULL AS DOUBLE), CAST(NULL AS STRING), CAST(NULL AS STRING)
FROM archived_movements;

CREATE TEMPORARY VIEW news AS
SELECT
  facility, kind, patient_id, encounter, ward, bed, model, revision, status, level_low, level_high, missing,
  rowtime AS ts
FROM ASSESS(
  input => TABLE charted PARTITION BY patient_id,
  model => 'news2',
  on_time => DESCRIPTOR(ts),
  uid => 'burden-assess')
WHERE kind = 'assessment' AND status = 'FINAL'
UNION ALL
SELECT
  facility, kind, patient_id, encounter, ward, bed, CAST(NULL AS STRING), CAST(NULL AS INT), CAST(NULL AS STRING),
  CAST(NULL AS STRING), CAST(NULL AS STRING), CAST(NULL AS ARRAY<STRING>), ts
FROM archived_movements;

-- An archive is old news by its nature: what is historical is told by the times in it alone.
CREATE TEMPORARY VIEW alarms AS
SELECT ward, COUNT(*) AS alarms
FROM RAISE_ALERTS(
  input => TABLE news PARTITION BY facility,
  model => 'news2',
  actionable_within => 'P400D',
  on_time => DESCRIPTOR(ts),
  uid => 'burden-alerts')
WHERE kind = 'alert' AND pages
GROUP BY ward;

-- Who is in a bed from when, and since when the bed before is free.
CREATE TEMPORARY VIEW moves AS
SELECT
  CASE WHEN kind IN ('admit', 'transfer', 'return') THEN ward END AS entered,
  CASE WHEN kind IN ('transfer', 'discharge', 'death', 'leave')
    THEN LAG(ward) OVER (PARTITION BY patient_id, encounter ORDER BY ts) END AS vacated,
  TIMESTAMPDIFF(SECOND, TO_TIMESTAMP_LTZ(0, 3), ts) AS moment
FROM archived_movements;

CREATE TEMPORARY VIEW bed_seconds AS
SELECT ward, SUM(sign * moment) AS closed, SUM(-sign) AS still_in
FROM (
  SELECT entered AS ward, -1 AS sign, moment FROM moves WHERE entered IS NOT NULL
  UNION ALL
  SELECT vacated, 1, moment FROM moves WHERE vacated IS NOT NULL
)
GROUP BY ward;

SELECT
  ward,
  alarms,
  CAST(bed_days AS DECIMAL(10, 2)) AS bed_days,
  CAST(alarms / NULLIF(bed_days, 0e0) AS DECIMAL(10, 2)) AS alarms_per_bed_day
FROM (
  SELECT b.ward, COALESCE(a.alarms, 0) AS alarms, (b.closed + b.still_in * e.moment) / 86400e0 AS bed_days
  FROM bed_seconds AS b
  LEFT JOIN alarms AS a ON a.ward = b.ward
  CROSS JOIN (
    SELECT MAX(TIMESTAMPDIFF(SECOND, TO_TIMESTAMP_LTZ(0, 3), ts)) AS moment FROM archived_observations) AS e
)
ORDER BY ward
LIMIT 1000;
