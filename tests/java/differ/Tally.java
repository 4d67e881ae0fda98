package differ;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** How many pairs were compared, and how many of each construct. */
final class Tally {
  private static final class Count {
    long pairs;
    long refused;
    long hits;
  }

  private final Map<String, Count> byConstruct = new TreeMap<>();
  private final Count all = new Count();
  private long patterns;
  private long javaGaveUp;

  void addPattern() {
    ++patterns;
  }

  void add(Set<String> constructs, Answer java) {
    count(all, java);
    if (java.verdict() == Answer.Verdict.GAVE_UP) {
      ++javaGaveUp;
    }
    for (String construct : constructs) {
      count(byConstruct.computeIfAbsent(construct, name -> new Count()), java);
    }
  }

  long pairs() {
    return all.pairs;
  }

  String progress() {
    return String.format(
        "%,d pairs, %,d patterns (%d %% of the pairs match, %d %% are refused; Java gave up on"
            + " %,d)",
        all.pairs, patterns, percent(all.hits), percent(all.refused), javaGaveUp);
  }

  String byConstruct() {
    StringBuilder out = new StringBuilder();
    out.append(String.format("%-26s %12s %12s %12s%n", "construct", "pairs", "matching",
        "refused"));
    byConstruct.forEach(
        (name, count) ->
            out.append(
                String.format(
                    "%-26s %,12d %,12d %,12d%n", name, count.pairs, count.hits, count.refused)));
    return out.toString();
  }

  private static void count(Count count, Answer java) {
    ++count.pairs;
    if (java.verdict() == Answer.Verdict.YES) {
      ++count.hits;
    } else if (java.verdict() == Answer.Verdict.REFUSED) {
      ++count.refused;
    }
  }

  private long percent(long part) {
    return all.pairs == 0 ? 0 : part * 100 / all.pairs;
  }
}
