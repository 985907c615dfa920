-- What beds and doctors can carry, and what a demand asks for.
LOAD MODULE medflink;

CREATE TABLE hospital_data (
  name STRING,
  bed_count INT,
  doctor_count INT
) WITH (
  'connector' = 'kafka',
  'topic' = 'hospital_data',
  'properties.bootstrap.servers' = '${bootstrap.servers}',
  'scan.startup.mode' = 'earliest-offset',
  'scan.bounded.mode' = 'latest-offset',
  'format' = 'json'
);

INSERT INTO hospital_data
VALUES ('HospitalA', 10, 20), ('HospitalB', 15, 30), ('HospitalC', 20, 40);

SELECT
  name,
  optimize_resources(bed_count, doctor_count) AS resource_optimization
FROM hospital_data;

-- With demand: admissions per day, and the mean length of a stay in days.
CREATE TABLE hospital_demand (
  name STRING,
  bed_count INT,
  doctor_count INT,
  arrivals_per_day DOUBLE,
  alos_days DOUBLE
) WITH (
  'connector' = 'kafka',
  'topic' = 'hospital_demand',
  'properties.bootstrap.servers' = '${bootstrap.servers}',
  'scan.startup.mode' = 'earliest-offset',
  'scan.bounded.mode' = 'latest-offset',
  'format' = 'json'
);

INSERT INTO hospital_demand
VALUES
  ('HospitalA', 10, 20, 2.0, 4.5),
  ('HospitalB', 15, 30, 2.0, 4.5),
  ('HospitalC', 20, 40, CAST(NULL AS DOUBLE), 4.5);

SELECT
  name,
  optimize_resources(bed_count, doctor_count, arrivals_per_day, alos_days) AS resource_optimization
FROM hospital_demand;
