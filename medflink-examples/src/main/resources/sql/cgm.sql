-- Readings of continuous glucose monitors (id,time,gl: mg/dL) as medflink-json, for replay:
--   sql cgm.sql --set readings=/data/cgm/example_data_hall.csv --set panels=/tmp/panels
--   replay --format medflink-json --model cgm-metrics --final-only --output - /tmp/panels/*
-- The times state no zone: they are taken for UTC.
SET 'table.local-time-zone' = 'UTC';
SET 'parallelism.default' = '1';

CREATE TABLE readings (id STRING, `time` STRING, gl STRING, diagnosis STRING)
WITH ('connector' = 'filesystem', 'path' = '${readings}', 'format' = 'csv');

CREATE TABLE panels (patient_id STRING, ts TIMESTAMP_LTZ(3), code STRING, val DOUBLE, unit STRING)
WITH ('connector' = 'filesystem', 'path' = '${panels}', 'format' = 'medflink-json');

-- The header is a row without a number.
INSERT INTO panels
SELECT 'cgm|' || id, CAST(`time` AS TIMESTAMP_LTZ(3)), '99504-3', TRY_CAST(gl AS DOUBLE), 'mg/dL'
FROM readings
WHERE TRY_CAST(gl AS DOUBLE) IS NOT NULL;
