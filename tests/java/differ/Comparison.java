package differ;

import java.util.regex.Pattern;

/** Whether two answers are a disagreement, and of which kind. */
final class Comparison {
  /** What Java may take for a match; a pattern that needs more has no right answer here. */
  static final long JAVA_MILLIS_MAX = 1000;

  static final String GIVES_UP = "gives up where Java answers";

  // Flags are read past quotation marks and, under x, past blanks.
  private static final Pattern NO_LETTERS = Pattern.compile("\\\\[QE]|\\s");
  private static final Pattern SETS_CANONICAL_EQUIVALENCE = Pattern.compile("\\(\\?[a-zA-Z]*c");

  private Comparison() {}

  /** The kind of disagreement, null when there is none. */
  static String judge(Pair pair, Answer java, Answer ours) {
    if (java.verdict() == Answer.Verdict.GAVE_UP || java.says(ours)) {
      return null;
    }
    if (isOtherwiseByDecision(pair.pattern())) {
      return null;
    }
    if (ours.verdict() == Answer.Verdict.GAVE_UP) {
      return GIVES_UP;
    }
    if (ours.verdict() == Answer.Verdict.REFUSED) {
      return "refuses what Java accepts";
    }
    if (java.verdict() == Answer.Verdict.REFUSED) {
      return "accepts what Java refuses";
    }
    if (ours.verdict() != java.verdict()) {
      return ours.verdict() == Answer.Verdict.YES
          ? "matches where Java does not"
          : "does not match where Java does";
    }
    return halvesAPair(java) ? null : "other groups than Java";
  }

  /** (?c), which registry/match/syntax/README.md lists; only a mutation ever makes one. */
  private static boolean isOtherwiseByDecision(String pattern) {
    String letters = NO_LETTERS.matcher(pattern).replaceAll("");
    return SETS_CANONICAL_EQUIVALENCE.matcher(letters).find();
  }

  /** Java's groups may end between the halves of a surrogate pair; ours hold code points. */
  private static boolean halvesAPair(Answer java) {
    return java.groups().values().stream()
        .anyMatch(
            group ->
                group != null
                    && !group.isEmpty()
                    && (Character.isLowSurrogate(group.charAt(0))
                        || Character.isHighSurrogate(group.charAt(group.length() - 1))));
  }
}
