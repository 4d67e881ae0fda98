package differ;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Makes a pair on which the sides disagree as small as it gets while they disagree in that way. */
final class Shrinker {
  private static final int ROUNDS_MAX = 80;
  private static final int CANDIDATES_MAX = 3000;
  private static final int SLOW_ROUNDS_MAX = 10; // when a candidate may take a second
  private static final int SLOW_CANDIDATES_MAX = 60;
  private static final long SLOW_JAVA_MILLIS = 100;
  private static final int PRODUCT_MAX = 24; // code units of both, to change both at once

  private static final Comparator<Pair> SIMPLER =
      Comparator.comparingInt((Pair pair) -> pair.pattern().length() + pair.input().length())
          .thenComparingInt(pair -> strangeness(pair.pattern()) + strangeness(pair.input()))
          .thenComparing(Pair::pattern)
          .thenComparing(Pair::input);

  private final Oracle oracle;
  private final Subject subject;

  Shrinker(Oracle oracle, Subject subject) {
    this.oracle = oracle;
    this.subject = subject;
  }

  Pair shrink(Pair pair, String kind) throws IOException {
    boolean slow = kind.equals(Comparison.GIVES_UP);
    int candidatesMax = slow ? SLOW_CANDIDATES_MAX : CANDIDATES_MAX;
    Pair smallest = pair;
    for (int round = 0; round < (slow ? SLOW_ROUNDS_MAX : ROUNDS_MAX); ++round) {
      Pair next = smallestOf(candidates(smallest, candidatesMax), kind);
      if (next == null) {
        return smallest;
      }
      smallest = next;
    }
    return smallest;
  }

  private Pair smallestOf(List<Pair> candidates, String kind) throws IOException {
    if (candidates.isEmpty()) {
      return null;
    }
    List<Answer> answers;
    try {
      answers = subject.ask(candidates);
    } catch (IOException e) { // another fault than the one looked at
      System.out.println(e.getMessage());
      subject.restart();
      return null;
    }
    for (int i = 0; i < candidates.size(); ++i) {
      Answer java = oracle.ask(candidates.get(i), SLOW_JAVA_MILLIS);
      if (kind.equals(Comparison.judge(candidates.get(i), java, answers.get(i)))) {
        return candidates.get(i);
      }
    }
    return null;
  }

  /** Simpler pairs, the simplest first. */
  private static List<Pair> candidates(Pair pair, int countMax) {
    List<String> patterns = simpler(pair.pattern());
    List<String> inputs = simpler(pair.input());
    Set<Pair> all = new LinkedHashSet<>();
    patterns.forEach(pattern -> all.add(new Pair(pattern, pair.input())));
    inputs.forEach(input -> all.add(new Pair(pair.pattern(), input)));
    if (pair.pattern().length() + pair.input().length() <= PRODUCT_MAX) {
      patterns.forEach(
          pattern -> inputs.forEach(input -> all.add(new Pair(pattern, input))));
    }
    List<Pair> sorted = new ArrayList<>(all);
    sorted.removeIf(candidate -> SIMPLER.compare(candidate, pair) >= 0);
    sorted.sort(SIMPLER);
    return sorted.size() <= countMax ? sorted : sorted.subList(0, countMax);
  }

  private static List<String> simpler(String text) {
    Set<String> out = new LinkedHashSet<>();
    for (int length = text.length(); length > 0; length = length > 8 ? length / 2 : length - 1) {
      for (int i = 0; i + length <= text.length(); ++i) {
        out.add(text.substring(0, i) + text.substring(i + length));
      }
    }
    for (int i = 0; i < text.length(); ++i) {
      for (char plain : new char[] {'a', 'b'}) {
        out.add(text.substring(0, i) + plain + text.substring(i + 1));
      }
      unwrap(text, i, out);
    }
    return new ArrayList<>(out);
  }

  /** Without the parentheses, brackets or braces that open at {@code i}, and without their head. */
  private static void unwrap(String text, int i, Set<String> out) {
    int closing = "([{".indexOf(text.charAt(i));
    if (closing < 0) {
      return;
    }
    int depth = 0;
    for (int j = i; j < text.length(); ++j) {
      if (text.charAt(j) == text.charAt(i)) {
        ++depth;
      } else if (text.charAt(j) == ")]}".charAt(closing) && --depth == 0) {
        for (int head = i + 1; head <= Math.min(j, i + 6); ++head) {
          out.add(text.substring(0, i) + text.substring(head, j) + text.substring(j + 1));
        }
        return;
      }
    }
  }

  private static int strangeness(String text) {
    int sum = 0;
    for (int i = 0; i < text.length(); ++i) {
      char c = text.charAt(i);
      sum += c == 'a' ? 0 : c == 'b' ? 1 : c < 0x7F ? 2 : 3;
    }
    return sum;
  }
}
