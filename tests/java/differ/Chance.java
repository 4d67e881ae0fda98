package differ;

import java.util.List;
import java.util.SplittableRandom;

/** Dice. The same seed throws the same. */
final class Chance {
  private final SplittableRandom random;

  Chance(long seed) {
    random = new SplittableRandom(seed);
  }

  /** From 0 to {@code bound} - 1. */
  int below(int bound) {
    return random.nextInt(bound);
  }

  int between(int first, int last) {
    return first + random.nextInt(last - first + 1);
  }

  boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  boolean percent(int n) {
    return random.nextInt(100) < n;
  }

  <T> T of(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  @SafeVarargs
  final <T> T of(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  int of(int[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** An index of {@code weights}, as often as its weight says. */
  int weighted(int[] weights) {
    int sum = 0;
    for (int weight : weights) {
      sum += weight;
    }
    int left = random.nextInt(sum);
    for (int i = 0; i < weights.length; ++i) {
      left -= weights[i];
      if (left < 0) {
        return i;
      }
    }
    return weights.length - 1;
  }
}
