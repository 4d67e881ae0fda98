package differ;

import java.util.Map;
import java.util.Objects;

/**
 * What one side said to a pair. {@code groups} holds the named groups after a YES, by name; a group
 * that took no part has null.
 */
record Answer(Verdict verdict, String error, Map<String, String> groups) {
  enum Verdict {
    REFUSED, // the pattern does not compile
    NO,
    YES,
    GAVE_UP // beyond the budget, out of stack or too slow
  }

  static Answer refused(String error) {
    return new Answer(Verdict.REFUSED, error, Map.of());
  }

  static Answer gaveUp(String error) {
    return new Answer(Verdict.GAVE_UP, error, Map.of());
  }

  static Answer no() {
    return new Answer(Verdict.NO, null, Map.of());
  }

  boolean says(Answer other) {
    return verdict == other.verdict
        && (verdict != Verdict.YES || Objects.equals(groups, other.groups));
  }
}
