// SPDX-License-Identifier: Apache-2.0
package io.medflink.examples;

import java.net.URI;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;

/** One Flink cluster in this process for the life of a command, reached on this machine only. */
final class Cluster implements AutoCloseable {
  private static final int SLOTS = 4;

  private final MiniCluster cluster;
  private final Configuration client;

  private Cluster(MiniCluster cluster, Configuration client) {
    this.cluster = cluster;
    this.client = client;
  }

  /** Starts it. */
  static Cluster start() throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(RestOptions.ADDRESS, "localhost");
    configuration.set(RestOptions.BIND_ADDRESS, "localhost");
    configuration.set(RestOptions.PORT, 0);
    configuration.set(RestOptions.BIND_PORT, "0");
    MiniCluster cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(configuration)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(SLOTS)
                .build());
    cluster.start();
    URI rest = cluster.getRestAddress().get();
    Configuration client = new Configuration();
    client.set(DeploymentOptions.TARGET, "remote");
    client.set(DeploymentOptions.ATTACHED, true);
    client.set(RestOptions.ADDRESS, rest.getHost());
    client.set(RestOptions.PORT, rest.getPort());
    client.set(CoreOptions.DEFAULT_PARALLELISM, 1);
    client.set(RestartStrategyOptions.RESTART_STRATEGY, "none");
    return new Cluster(cluster, client);
  }

  /** For a DataStream job, without Kryo and with a uid for every operator. */
  StreamExecutionEnvironment streams() {
    Configuration strict = new Configuration(client);
    strict.set(PipelineOptions.GENERIC_TYPES, false);
    strict.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    return new StreamExecutionEnvironment(strict);
  }

  /** For SQL. */
  StreamTableEnvironment tables() {
    return StreamTableEnvironment.create(new StreamExecutionEnvironment(client));
  }

  /** Ends the worker as a crash would, and starts another one; jobs go on from a checkpoint. */
  void killWorker() throws Exception {
    cluster.terminateTaskManager(0).get();
    cluster.startTaskManager();
  }

  @Override
  public void close() {
    cluster.closeAsync().join();
  }
}
