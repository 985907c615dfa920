// SPDX-License-Identifier: Apache-2.0
package io.medflink.models.capacity;

/**
 * Erlang's loss formula (M/G/s/s): how often all s beds are taken, where a patient who finds none
 * is sent elsewhere (ICU, NICU). It needs Poisson arrivals; the distribution of the stays doesn't
 * matter, only their mean.
 *
 * <p>B(s, a) = (a<sup>s</sup>/s!) / Σ<sub>k≤s</sub> a<sup>k</sup>/k!, computed as 1/B =
 * Σ<sub>j</sub> s(s−1)…(s−j+1)/a<sup>j</sup>: positive terms only, without factorials, and few of
 * them whatever s is, since they vanish geometrically. Below 1e-308 B is returned as 0.
 *
 * <p>A negative, infinite or NaN argument is an {@link IllegalArgumentException} that names it.
 *
 * <p>Sources: A. K. Erlang, "Solution of some problems in the theory of probabilities of
 * significance in automatic telephone exchanges", Elektroteknikeren 13 (1917); for beds: L. V.
 * Green, "How many hospital beds?", Inquiry 39 (2002) 400–412.
 */
public final class ErlangB {
  private ErlangB() {}

  /**
   * The probability that an arrival finds all servers busy and is lost.
   *
   * @param servers s, from 0; without servers all is lost
   * @param offeredLoad a, in erlangs, from 0
   * @return from 0 to 1
   */
  public static double blocking(int servers, double offeredLoad) {
    Search.checkServers(servers);
    Search.checkLoad(offeredLoad);
    double sum = 1;
    double term = 1;
    for (int left = servers; left > 0; left--) {
      term *= left / offeredLoad;
      sum += term;
      // Once terms shrink, the rest is below the geometric series term·r/(1−r), r = left/a.
      if (Double.isInfinite(sum) || term * left < 1e-17 * sum * (offeredLoad - left)) {
        break;
      }
    }
    return 1 / sum;
  }

  /**
   * The greatest offered load, in erlangs, of which no more than a share is lost.
   *
   * @param servers s, from 0; without servers the answer is 0
   * @param maxBlocking the share, between 0 and 1, both excluded
   */
  public static double maxLoad(int servers, double maxBlocking) {
    Search.checkServers(servers);
    Search.checkShare("maxBlocking", maxBlocking);
    // No more than s can be carried, so B ≥ 1 − s/a.
    double above = servers / (1 - maxBlocking);
    return Search.greatest(above, load -> blocking(servers, load) <= maxBlocking);
  }

  /**
   * The fewest servers, at least 1, that lose no more than a share of the offered load.
   *
   * @param offeredLoad a, in erlangs, from 0 to 1e9
   * @param maxBlocking the share, between 0 and 1, both excluded
   */
  public static int requiredServers(double offeredLoad, double maxBlocking) {
    Search.checkLoad(offeredLoad);
    Search.checkSearchable(offeredLoad);
    Search.checkShare("maxBlocking", maxBlocking);
    return Search.fewest(1, servers -> blocking(servers, offeredLoad) <= maxBlocking);
  }
}
