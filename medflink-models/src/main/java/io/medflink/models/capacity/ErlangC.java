// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.capacity;

/**
 * Erlang's delay formula (M/M/s): how often an arrival has to wait for one of s beds or doctors,
 * and does wait. It needs Poisson arrivals and roughly exponential stays.
 *
 * <p>C(s, a) = sB / (s − a(1 − B)) with B of {@link ErlangB}. At a ≥ s the queue grows without end:
 * C is 1 and {@link #stable} is false.
 *
 * <p>A negative, infinite or NaN argument is an {@link IllegalArgumentException} that names it.
 *
 * <p>Sources: Erlang 1917, as for {@link ErlangB}; for beds: L. V. Green, "Queueing analysis in
 * healthcare", in R. W. Hall (ed.), Patient Flow: Reducing Delay in Healthcare Delivery, Springer
 * 2006.
 */
public final class ErlangC {
  private ErlangC() {}

  /**
   * The probability that an arrival has to wait.
   *
   * @param servers s, from 0
   * @param offeredLoad a, in erlangs, from 0
   * @return from 0 to 1; exactly 1 when not stable
   */
  public static double probDelay(int servers, double offeredLoad) {
    double blocking = ErlangB.blocking(servers, offeredLoad);
    // The formula with B brought out of the denominator's first term: never above 1 by rounding.
    return offeredLoad >= servers
        ? 1
        : blocking / (blocking + (servers - offeredLoad) / servers * (1 - blocking));
  }

  /**
   * Whether the queue settles: a &lt; s.
   *
   * @param servers s, from 0
   * @param offeredLoad a, in erlangs, from 0
   */
  public static boolean stable(int servers, double offeredLoad) {
    Search.checkServers(servers);
    Search.checkLoad(offeredLoad);
    return offeredLoad < servers;
  }

  /**
   * The greatest offered load, in erlangs, of which no more than a share has to wait.
   *
   * @param servers s, from 0; without servers the answer is 0
   * @param maxProbDelay the share, between 0 and 1, both excluded
   */
  public static double maxLoad(int servers, double maxProbDelay) {
    Search.checkServers(servers);
    Search.checkShare("maxProbDelay", maxProbDelay);
    return Search.greatest(servers, load -> probDelay(servers, load) <= maxProbDelay);
  }

  /**
   * The fewest servers, at least 1, with which no more than a share of the arrivals has to wait.
   *
   * @param offeredLoad a, in erlangs, from 0 to 1e9
   * @param maxProbDelay the share, between 0 and 1, both excluded
   */
  public static int requiredServers(double offeredLoad, double maxProbDelay) {
    Search.checkLoad(offeredLoad);
    Search.checkSearchable(offeredLoad);
    Search.checkShare("maxProbDelay", maxProbDelay);
    return Search.fewest(
        (int) offeredLoad + 1, servers -> probDelay(servers, offeredLoad) <= maxProbDelay);
  }
}
