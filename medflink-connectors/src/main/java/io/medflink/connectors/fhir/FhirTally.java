// SPDX-License-Identifier: Apache-2.0
package io.medflink.connectors.fhir;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.ThreadSafeSimpleCounter;
import org.apache.flink.metrics.groups.SinkWriterMetricGroup;

/**
 * What happened since the task began: Flink's {@code numRecordsSend}, {@code numBytesSend} and
 * {@code numRecordsSendErrors}, and our own under {@code medflink.fhir}.
 *
 * @param sent resources that a server took
 * @param sentBytes bytes of the bundles that it took
 * @param errors resources that it refused, or that could not be written
 * @param bundles transactions that a server took
 * @param retries transactions that were sent again
 * @param throttled answers 429 and 503
 * @param replaced resources that a newer one replaced before they were sent
 * @param tokens access tokens that were fetched
 */
record FhirTally(
    Counter sent,
    Counter sentBytes,
    Counter errors,
    Counter bundles,
    Counter retries,
    Counter throttled,
    Counter replaced,
    Counter tokens) {

  static FhirTally of(SinkWriterMetricGroup group) {
    MetricGroup own = group.addGroup("medflink").addGroup("fhir");
    return new FhirTally(
        group.getNumRecordsSendCounter(),
        group.getNumBytesSendCounter(),
        group.getNumRecordsSendErrorsCounter(),
        counter(own, "bundles"),
        counter(own, "retries"),
        counter(own, "throttled"),
        counter(own, "replaced"),
        counter(own, "tokens"));
  }

  private static Counter counter(MetricGroup group, String name) {
    return group.counter(name, new ThreadSafeSimpleCounter());
  }
}
