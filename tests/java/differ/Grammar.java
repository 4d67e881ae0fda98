package differ;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Makes one pattern after the grammar of java.util.regex.Pattern, mostly a valid one. */
final class Grammar {
  private static final int DEPTH_MAX = 4;
  private static final int[] PARTS_OUTSIDE = {1, 12, 20, 16, 10, 6}; // weights, by the number
  private static final int[] PARTS_INSIDE = {2, 20, 12, 4};

  private final Chance chance;
  private final Escapes escapes;
  private final Classes classes;
  private final Set<String> constructs = new TreeSet<>();
  private final List<String> names = new ArrayList<>();
  private final Profile profile;
  private final boolean allNamed;
  private int groups; // opened so far
  private int depth;
  private boolean comments; // flag x is on
  private boolean noCaptures; // in a part that is written twice

  Grammar(Chance chance) {
    this.chance = chance;
    this.profile = chance.of(Profile.ALL);
    this.allNamed = chance.percent(65);
    this.escapes = new Escapes(chance, constructs);
    this.classes = new Classes(chance, escapes, constructs);
  }

  Set<String> constructs() {
    return constructs;
  }

  Piece pattern() {
    Piece piece = alternatives();
    if (!chance.oneIn(8)) {
      return piece;
    }
    String flags = flagLetters();
    note("(?flags)", flags);
    return new Piece("(?" + flags + ")" + piece.text(), piece.sampler());
  }

  private Piece alternatives() {
    int count = chance.percent(70) ? 1 : chance.between(2, 3);
    boolean outside = comments;
    List<Piece> branches = new ArrayList<>();
    for (int i = 0; i < count; ++i) {
      branches.add(sequence());
    }
    comments = outside;
    if (count == 1) {
      return branches.get(0);
    }
    constructs.add("|");
    StringBuilder text = new StringBuilder();
    for (Piece branch : branches) {
      text.append(text.length() == 0 && branch == branches.get(0) ? "" : "|").append(branch.text());
    }
    return new Piece(
        text.toString(),
        (out, sampling) -> sampling.chance.of(branches).sampler().append(out, sampling));
  }

  private Piece sequence() {
    int length = chance.weighted(depth == 0 ? PARTS_OUTSIDE : PARTS_INSIDE);
    List<Piece> parts = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; ++i) {
      Piece part = quantified();
      parts.add(part);
      text.append(blank()).append(part.text());
    }
    text.append(blank());
    return new Piece(
        text.toString(),
        (out, sampling) -> {
          for (Piece part : parts) {
            part.sampler().append(out, sampling);
          }
        });
  }

  private String blank() {
    if (!comments || chance.percent(60)) {
      return "";
    }
    constructs.add("comment");
    return chance.of(" ", " ", "\t", "\n", "\r", "#a\n", "# )(\n", "#\\E\r", "#\u0085", "#a\u2028",
        "\f");
  }

  private Piece quantified() {
    Piece piece = atom();
    while (chance.percent(depth < 2 ? 38 : 28)) {
      piece = Quantifiers.repeat(piece, blank(), chance, constructs);
      if (!chance.oneIn(6)) {
        break;
      }
      constructs.add("quantifier of a quantifier");
    }
    return piece;
  }

  private Piece atom() {
    Profile.Atom kind = profile.atom(chance);
    if (depth >= DEPTH_MAX && kind.ordinal() >= Profile.Atom.CAPTURE.ordinal()) {
      kind = Profile.Atom.CHARACTER;
    }
    switch (kind) {
      case DOT:
        constructs.add(".");
        return Piece.set(".");
      case CLASS:
        return classes.piece(comments);
      case SHORTHAND:
        return escapes.shorthand();
      case PLACE:
        return escapes.place();
      case CAPTURE:
        return capture();
      case PLAIN_GROUP:
        return group("(?:", "(?:)");
      case ATOMIC:
        return group("(?>", "(?>)");
      case LOOK_AHEAD:
        return look(chance.of("(?=", "(?="), chance.of("(?=", "(?!"), false);
      case LOOK_BEHIND:
        return look("(?<=", chance.of("(?<=", "(?<!"), true);
      case FLAGS:
        return flags();
      case FLAG_GROUP:
        return flagGroup();
      case REFERENCE:
        return reference();
      case QUOTE:
        return escapes.quote();
      case ESCAPE:
        return escapes.character();
      case PROPERTY:
        return escapes.property();
      case LINE_BREAK:
        constructs.add("\\R");
        return new Piece("\\R", (out, s) -> out.append(s.chance.of("\n", "\r\n", "\r", "\u0085",
            "\u2028", "\u000B")));
      case CLUSTER:
        return escapes.cluster();
      case SURROGATES:
        return escapes.surrogates();
      default:
        return escapes.literal(comments);
    }
  }

  private Piece inside() {
    ++depth;
    boolean outside = comments;
    Piece piece = alternatives();
    comments = outside;
    --depth;
    return piece;
  }

  private Piece group(String opening, String construct) {
    constructs.add(construct);
    Piece body = inside();
    return new Piece(opening + body.text() + ")", body.sampler());
  }

  private Piece capture() {
    if (noCaptures) {
      return group("(?:", "(?:)");
    }
    int number = ++groups;
    String opening = "(";
    if (allNamed || chance.oneIn(4)) {
      String name = name(number);
      names.add(name);
      opening = "(?<" + name + ">";
      constructs.add("(?<name>)");
    } else {
      constructs.add("()");
    }
    Piece body = inside();
    return new Piece(
        opening + body.text() + ")",
        (out, sampling) -> {
          int first = out.length();
          body.sampler().append(out, sampling);
          sampling.groups.put(number, out.substring(first));
        });
  }

  private String name(int number) {
    if (chance.oneIn(200)) {
      return chance.of("1a", "", "a_b", "a b", "\u00E9", "g1");
    }
    return chance.of("g", "G", "name", "x9x") + number;
  }

  /** A look-around, sometimes beside what it looks at, so that it often holds. */
  private Piece look(String positive, String opening, boolean behind) {
    constructs.add(opening + ")");
    boolean twice = chance.percent(60);
    boolean outer = noCaptures;
    noCaptures = noCaptures || twice;
    Piece body = inside();
    noCaptures = outer;
    if (!twice) {
      return Piece.nothing(opening + body.text() + ")");
    }
    String around = positive + body.text() + ")";
    String beside = "(?:" + body.text() + ")";
    return new Piece(behind ? beside + around : around + beside, body.sampler());
  }

  private Piece flags() {
    String letters = flagLetters();
    note("(?flags)", letters);
    int off = letters.indexOf('-');
    int x = letters.indexOf('x');
    if (x >= 0) {
      comments = off < 0 || x < off;
    }
    return Piece.nothing("(?" + letters + ")");
  }

  private Piece flagGroup() {
    String letters = flagLetters();
    note("(?flags:)", letters);
    int off = letters.indexOf('-');
    int x = letters.indexOf('x');
    boolean outside = comments;
    if (x >= 0) {
      comments = off < 0 || x < off;
    }
    Piece body = inside();
    comments = outside;
    return new Piece("(?" + letters + ":" + body.text() + ")", body.sampler());
  }

  private String flagLetters() {
    StringBuilder letters = new StringBuilder();
    int count = chance.weighted(new int[] {1, 14, 8, 3});
    for (int i = 0; i < count; ++i) {
      letters.append(chance.of("i", "i", "d", "m", "s", "u", "x", "U", "iu"));
    }
    if (chance.oneIn(4)) {
      letters.insert(chance.between(0, letters.length()), '-');
    }
    return letters.toString();
  }

  private void note(String construct, String letters) {
    constructs.add(construct);
    letters.chars().forEach(letter -> constructs.add("flag " + (char) letter));
  }

  private Piece reference() {
    if (!names.isEmpty() && chance.percent(50)) {
      String name = chance.oneIn(30) ? "nobody" : chance.of(names);
      constructs.add("\\k<name>");
      return back("\\k<" + name + ">", names.indexOf(name) + 1);
    }
    int number = chance.oneIn(8) ? chance.between(0, 12) : chance.between(1, Math.max(1, groups));
    constructs.add("\\1");
    return back("\\" + number + (chance.oneIn(12) ? "0" : ""), number);
  }

  private static Piece back(String text, int number) {
    return new Piece(
        text, (out, sampling) -> {
          String held = sampling.groups.getOrDefault(number, "");
          if (out.length() + held.length() < Piece.Sampling.LENGTH_MAX) {
            out.append(held);
          }
        });
  }
}
