-- Who is at risk of diabetes and of hypertension.
LOAD MODULE medflink;

CREATE TABLE patient_data (
  name STRING,
  age INT,
  glucose FLOAT,
  pressure FLOAT
) WITH (
  'connector' = 'kafka',
  'topic' = 'patient_data_for_prediction',
  'properties.bootstrap.servers' = '${bootstrap.servers}',
  'scan.startup.mode' = 'earliest-offset',
  'scan.bounded.mode' = 'latest-offset',
  'format' = 'json'
);

INSERT INTO patient_data
VALUES ('Alice', 80, 5.5, 7.0), ('Bob', 85, 6.0, 8.0), ('Charlie', 90, 7.5, 9.0);

-- Dora's age is one that the Framingham study covers, so she gets an interval of its risk.
INSERT INTO patient_data
VALUES ('Dora', 55, 5.8, 8.2);

-- Fasting glucose in mmol/L, diastolic pressure in cm[Hg]: the units are said, never guessed.
SELECT
  name,
  predict_diabetes(age, glucose, pressure, 'mmol/L', 'cm[Hg]') AS diabetes_risk
FROM patient_data;

-- What is unknown is NULL: age, sex, bmi, systolic, diastolic, smoker, parents with hypertension.
SELECT
  name,
  predict_hypertension(
    age, CAST(NULL AS STRING), CAST(NULL AS DOUBLE), CAST(NULL AS DOUBLE), pressure * 10,
    CAST(NULL AS BOOLEAN), CAST(NULL AS INT)) AS hypertension_risk
FROM patient_data;
