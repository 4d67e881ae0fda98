package differ;

import java.util.Set;

/** Greedy, lazy and possessive repetition. */
final class Quantifiers {
  private Quantifiers() {}

  static Piece repeat(Piece body, String blank, Chance chance, Set<String> constructs) {
    int min;
    int max; // -1 is without end
    String text;
    switch (chance.weighted(new int[] {10, 10, 8, 3, 3, 5, 1})) {
      case 0:
        text = "*";
        min = 0;
        max = -1;
        break;
      case 1:
        text = "+";
        min = 1;
        max = -1;
        break;
      case 2:
        text = "?";
        min = 0;
        max = 1;
        break;
      case 3:
        min = chance.of(0, 1, 2, 2, 3);
        max = min;
        text = "{" + min + "}";
        constructs.add("{n}");
        break;
      case 4:
        min = chance.of(0, 1, 2, 3);
        max = -1;
        text = "{" + min + ",}";
        constructs.add("{n,}");
        break;
      case 5:
        min = chance.of(0, 0, 1, 1, 2, 3);
        max = min + chance.of(0, 1, 1, 2, 3);
        text = "{" + min + "," + max + "}";
        constructs.add("{n,m}");
        break;
      default:
        return odd(body, chance, constructs);
    }
    String greed = chance.of("", "", "", "?", "?", "+");
    constructs.add(greed.isEmpty() ? "greedy" : greed.equals("?") ? "lazy" : "possessive");
    return new Piece(body.text() + blank + text + greed, sampler(body, min, max));
  }

  private static Piece odd(Piece body, Chance chance, Set<String> constructs) {
    constructs.add("odd count");
    String text =
        chance.of(
            "{", "{}", "{,2}", "{2,1}", "{ 1}", "{1 }", "{1, 2}", "{00}", "{0}", "{0,0}", "{01,2}",
            "{2147483648}", "{0,4294967296}", "{1,2", "{1",
            chance.oneIn(8) ? chance.of("{2147483647}", "{0,2147483647}") : "{3,3}", "{-1}",
            "{\u0661}", "{100}", "{0,1000}", "**", "++", "+++", "??", "???", "?*", "*?+",
            "+{2}", "{2}{2}", "{2}?{2}", "*{0}");
    return new Piece(body.text() + text, sampler(body, 1, 3));
  }

  private static Piece.Sampler sampler(Piece body, int min, int max) {
    return (out, sampling) -> {
      int more = sampling.chance.weighted(new int[] {4, 4, 2, 1});
      int count = max < 0 ? min + more : Math.min(max, min + more);
      for (int i = 0; i < count && out.length() < Piece.Sampling.LENGTH_MAX; ++i) {
        body.sampler().append(out, sampling);
      }
    };
  }
}
