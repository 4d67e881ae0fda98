package differ;

import java.util.Set;

/** Patterns that no grammar would make: tokens in a row, and patterns with a wound. */
final class Soup {
  private static final String[] TOKENS = {
    "a", "a", "b", "c", "1", "/", ".", "*", "+", "?", "|", "(", ")", "(", ")", "[", "]", "[", "]",
    "{", "}",
    "^", "$", "-", "&&", "&", ",", ":", "=", "!", "<", ">", "#", " ", "\n", "\\", "\\Q", "\\E",
    "\\d", "\\w", "\\s",
    "\\b", "\\B", "\\A", "\\z", "\\Z", "\\G", "\\R", "\\X", "\\h", "\\H", "\\v", "\\V", "\\D",
    "\\W", "\\S", "\\1", "\\2", "\\11",
    "\\k<n>", "\\0", "\\01", "\\x", "\\x4", "\\x41", "\\x{41}", "\\u0041", "\\cA", "\\t", "\\p",
    "\\pL", "\\p{L}", "\\P{Lu}",
    "\\p{IsGreek}", "\\p{InGreek}", "\\p{Alpha}", "\\p{javaLowerCase}", "\\N{DIGIT ONE}", "\\b{g}",
    "(?", "(?:", "(?=", "(?!", "(?<=",
    "(?<!", "(?>", "(?<n>", "(?<m>", "(?i)", "(?i:", "(?x)", "(?-i)", "(?m)", "(?s)", "(?d)",
    "(?u)", "(?U)", "(?)",
    "(?iu)", "(?x-i:", "{1}", "{2}", "{0}", "{1,}", "{0,2}", "{1,2}", "{,", "*?", "+?", "??", "*+",
    "++", "?+", "{1,2}?",
    "{1,2}+", "[a", "[^", "[a-", "a-z", "[a-c&&", "[[a]", "[^a]", "[ab]", "(a)", "(a|b)", "(?<n>a)",
    "a*", "[a-z]*",
    "\uD83D\uDE00", "\uD83D", "\uDE00", "\u00E9", "\u212A", "k", "K", "\\ud83d", "\\ude00", "\\.",
    "\\-", "\\]", "\\/", "(?P<n>",
    "(?|", "(?#a)", "(?~", "(*", "[[:alpha:]]", "(?<n", "(?'n'", "\\g1", "\\K", "\r", "\u0085",
    "\u2028", "\u0301"
  };

  private Soup() {}

  static String tokens(Chance chance, Set<String> constructs) {
    constructs.add("soup");
    StringBuilder out = new StringBuilder();
    int count = chance.between(1, chance.oneIn(3) ? 12 : 6);
    for (int i = 0; i < count; ++i) {
      out.append(chance.of(TOKENS));
    }
    return out.toString();
  }

  /** {@code text} with one to three places changed: left out, doubled, swapped, a token put in. */
  static String wounded(String text, Chance chance, Set<String> constructs) {
    constructs.add("wounded");
    StringBuilder out = new StringBuilder(text);
    int wounds = chance.weighted(new int[] {0, 6, 2, 1});
    for (int i = 0; i < wounds; ++i) {
      wound(out, chance);
    }
    return out.toString();
  }

  private static void wound(StringBuilder out, Chance chance) {
    int place = chance.between(0, out.length());
    if (place == out.length() || chance.oneIn(3)) {
      out.insert(place, chance.of(TOKENS));
      return;
    }
    int end = Math.min(out.length(), place + chance.between(1, 3));
    switch (chance.below(4)) {
      case 0:
        out.delete(place, end);
        break;
      case 1:
        out.insert(place, out.substring(place, end));
        break;
      case 2:
        out.setCharAt(place, out.charAt(chance.below(out.length())));
        break;
      default:
        out.setLength(place);
    }
  }
}
