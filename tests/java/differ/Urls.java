package differ;

import java.util.ArrayList;
import java.util.List;

/** Filters as extensions of a cloud write them: fixed segments, ids, tails, several in a row. */
final class Urls {
  private Urls() {}

  static Piece pattern(Chance chance) {
    int count = chance.percent(70) ? 1 : chance.between(2, 3);
    List<Piece> branches = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < count; ++i) {
      Piece branch = path(chance);
      branches.add(branch);
      texts.add(count > 1 && chance.percent(50) ? "(" + branch.text() + ")" : branch.text());
    }
    String text = String.join(chance.oneIn(10) ? " | " : "|", texts);
    if (chance.oneIn(8)) {
      text = "(?i)" + text;
    }
    if (chance.oneIn(8)) {
      text = "^" + text + "$";
    }
    return new Piece(
        text, (out, sampling) -> sampling.chance.of(branches).sampler().append(out, sampling));
  }

  private static Piece path(Chance chance) {
    List<Piece> segments = new ArrayList<>();
    segments.add(Piece.literal("/api", "/api"));
    int count = chance.between(1, 4);
    for (int i = 0; i < count; ++i) {
      segments.add(segment(chance, i));
    }
    segments.add(tail(chance));
    StringBuilder text = new StringBuilder();
    segments.forEach(segment -> text.append(segment.text()));
    return new Piece(
        text.toString(),
        (out, sampling) -> segments.forEach(segment -> segment.sampler().append(out, sampling)));
  }

  private static Piece segment(Chance chance, int i) {
    String word = "/" + chance.of("org", "vdc", "query", "admin", "cse", "x.y", "a-b", "mail",
        "v1.0");
    switch (chance.below(9)) {
      case 0:
        return Piece.literal("/[^/]+", "/" + chance.of("17", "a", "a.b", "%41"));
      case 1:
        return Piece.literal("/(?<id" + i + ">[0-9a-f-]+)", "/" + chance.of("17-ab", "0", "f"));
      case 2:
        return Piece.literal("/\\d+", "/" + chance.of("17", "0"));
      case 3:
        return Piece.literal("(" + word + ")?", chance.of(word, ""));
      case 4:
        return Piece.literal("/(?:org|vdc|[a-z]{2,5})", "/" + chance.of("org", "vdc", "ab"));
      case 5:
        return Piece.literal("/\\Q" + word + "\\E", "/" + word);
      case 6:
        return Piece.literal("/\\w*", "/" + chance.of("", "a_1", "org"));
      default:
        return Piece.literal(chance.oneIn(3) ? word.replace(".", "\\.") : word, word);
    }
  }

  private static Piece tail(Chance chance) {
    switch (chance.below(7)) {
      case 0:
        return Piece.literal("/.*", "/" + chance.of("", "a/b", "x"));
      case 1:
        return Piece.literal(".*", chance.of("", "/a", "x"));
      case 2:
        return Piece.literal("/?", chance.of("", "/"));
      case 3:
        return Piece.literal("(/.*)?", chance.of("", "/", "/a"));
      case 4:
        return Piece.literal("(?!/admin).*", chance.of("", "/admin", "/admi", "x"));
      case 5:
        return Piece.literal("/action/(power|snapshot)/?$", "/action/" + chance.of("power", "off"));
      default:
        return Piece.nothing("");
    }
  }
}
