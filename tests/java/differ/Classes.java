package differ;

import java.util.Set;

/** Character classes: unions, intersections, ranges, negation, and the signs in odd places. */
final class Classes {
  private static final int DEPTH_MAX = 3;

  private final Chance chance;
  private final Escapes escapes;
  private final Set<String> constructs;

  Classes(Chance chance, Escapes escapes, Set<String> constructs) {
    this.chance = chance;
    this.escapes = escapes;
    this.constructs = constructs;
  }

  Piece piece(boolean comments) {
    constructs.add("[...]");
    return Piece.set(text(0, comments));
  }

  private String text(int depth, boolean comments) {
    StringBuilder out = new StringBuilder("[");
    if (chance.oneIn(4)) {
      constructs.add("[^...]");
      out.append('^');
    }
    operand(out, depth, comments);
    while (chance.oneIn(4)) {
      constructs.add("&&");
      out.append("&&");
      if (chance.oneIn(12)) {
        out.append(chance.of("", "&&", "&", "^", "^a"));
      }
      operand(out, depth, comments);
    }
    return out.append(']').toString();
  }

  private void operand(StringBuilder out, int depth, boolean comments) {
    int items = chance.weighted(new int[] {1, 10, 10, 6, 2});
    for (int i = 0; i < items; ++i) {
      if (comments && chance.oneIn(5)) {
        out.append(chance.of(" ", "\n", "#", "#a\n", " # "));
      }
      item(out, depth, comments);
    }
  }

  private void item(StringBuilder out, int depth, boolean comments) {
    switch (chance.weighted(new int[] {16, 10, 6, 4, 5, 6, 2, 1, 1})) {
      case 0:
        out.append(single(comments));
        break;
      case 1:
        range(out, comments);
        break;
      case 2:
        out.append(escapes.shorthand().text());
        break;
      case 3:
        out.append(escapes.property().text());
        break;
      case 4:
        out.append(escapes.character().text());
        break;
      case 5:
        if (depth < DEPTH_MAX) {
          constructs.add("[[...]]");
          out.append(text(depth + 1, comments));
        }
        break;
      case 6:
        constructs.add("sign in a class");
        out.append(chance.of("-", "^", "&", "-a", "a-", "--", "[", "&&&", "a-\\d", "\\d-a", "$",
            ".", "|", "("));
        break;
      case 7:
        constructs.add("\\Q in a class");
        out.append(chance.of("\\Qa-b\\E", "\\Q]\\E", "\\Q\\E", "a-\\Qc\\E", "\\Q^\\E"));
        break;
      default:
        out.append(escapes.surrogates().text());
    }
  }

  private String single(boolean comments) {
    String text = escapes.literal(comments).text();
    return "[]^-&".contains(text) && !chance.oneIn(6) ? "\\" + text : text;
  }

  private void range(StringBuilder out, boolean comments) {
    constructs.add("a-z");
    switch (chance.below(6)) {
      case 0:
        out.append(chance.of("a-z", "A-Z", "0-9", "a-c", "!-~", "\\x00-\\x7f", "B-b", "k-s"));
        break;
      case 1:
        out.append(escapes.character().text()).append('-').append(escapes.character().text());
        break;
      case 2:
        out.append(chance.of("\u00C0-\u00FF", "\u0391-\u03C9", "\u0400-\u045F",
            "\uD801\uDC00-\uD801\uDC27",
            "a-\uD83D\uDE00", "\u212A-\u212B", "\\ud800-\\udbff", "\u00E9-\uFFFF", "\u0130-\u0131",
            "\u13A0-\uAB70"));
        break;
      default:
        int first = chance.oneIn(3) ? Alphabet.any(chance) : Alphabet.mostlyPlain(chance);
        int last = chance.oneIn(3) ? Alphabet.any(chance) : Alphabet.mostlyPlain(chance);
        boolean swap = first > last && !chance.oneIn(20);
        out.append(quoted(swap ? last : first, comments)).append('-');
        out.append(quoted(swap ? first : last, comments));
    }
  }

  private static String quoted(int codePoint, boolean comments) {
    String text = Character.toString(codePoint);
    boolean sign = codePoint < 0x80 && "[]^-&\\".indexOf(codePoint) >= 0;
    return sign || (comments && (codePoint <= ' ' || codePoint == '#')) ? "\\" + text : text;
  }
}
