package differ;

import java.util.Set;

/** Single characters and places, in every spelling. */
final class Escapes {
  private final Chance chance;
  private final Set<String> constructs;

  Escapes(Chance chance, Set<String> constructs) {
    this.chance = chance;
    this.constructs = constructs;
  }

  Piece literal(boolean comments) {
    int codePoint = chance.oneIn(12) ? Alphabet.any(chance) : Alphabet.mostlyPlain(chance);
    String text = Character.toString(codePoint);
    if (codePoint < 0x80 && "()[]{}|*+?^$\\.".indexOf(codePoint) >= 0 && !chance.oneIn(12)) {
      constructs.add("escaped sign");
      return Piece.literal("\\" + text, codePoint);
    }
    if (comments && (codePoint == '#' || codePoint <= ' ')) {
      return Piece.literal("\\" + text, codePoint);
    }
    if (codePoint >= 0xD800 && codePoint < 0xE000) {
      constructs.add("unpaired surrogate");
    } else if (codePoint >= 0x10000) {
      constructs.add("supplementary");
    } else if (codePoint >= 0x80) {
      constructs.add("non-ASCII");
    } else {
      constructs.add("literal");
    }
    return Piece.literal(text, codePoint);
  }

  Piece shorthand() {
    String text = "\\" + chance.of("d", "D", "s", "S", "w", "W", "h", "H", "v", "V");
    constructs.add(text);
    return Piece.set(text);
  }

  Piece place() {
    String text =
        chance.of("^", "^", "$", "$", "\\A", "\\z", "\\Z", "\\Z", "\\G", "\\b", "\\b", "\\B",
            "\\b{g}");
    constructs.add(text);
    return Piece.nothing(text);
  }

  Piece property() {
    boolean negated = chance.oneIn(3);
    String name = Names.property(chance);
    constructs.add(kindOf(name));
    String text = "\\" + (negated ? "P" : "p");
    text += name.length() == 1 && chance.percent(50) ? name : "{" + name + "}";
    return Piece.set(text);
  }

  private static String kindOf(String name) {
    if (name.startsWith("java")) {
      return "\\p{java}";
    }
    if (name.startsWith("In") || name.startsWith("bl")) {
      return "\\p{block}";
    }
    if (name.startsWith("sc")) {
      return "\\p{script}";
    }
    if (name.startsWith("Is")) {
      return "\\p{Is...}";
    }
    return name.length() <= 2 || name.startsWith("g") ? "\\p{category}" : "\\p{POSIX}";
  }

  Piece cluster() {
    constructs.add("\\X");
    return new Piece(
        "\\X",
        (out, sampling) -> {
          int length = sampling.chance.weighted(new int[] {0, 6, 3, 2, 1});
          for (int i = 0; i < length; ++i) {
            out.appendCodePoint(
                i > 0 && sampling.chance.percent(60)
                    ? sampling.chance.of(0x301, 0x200D, 0x1F468, 0xFE0F, 0x1F1E6, 0x1161, 0x11A8)
                    : Alphabet.any(sampling.chance));
          }
        });
  }

  /** A character that is written with a backslash. */
  Piece character() {
    int codePoint = chance.percent(60) ? Alphabet.mostlyPlain(chance) : Alphabet.any(chance);
    switch (chance.below(10)) {
      case 0:
        return control();
      case 1:
        return octal(codePoint & 0xFF);
      case 2:
        constructs.add("\\xhh");
        return Piece.literal(String.format("\\x%02x", codePoint & 0xFF), codePoint & 0xFF);
      case 3:
        constructs.add("\\x{h...}");
        return Piece.literal(
            String.format(chance.of("\\x{%x}", "\\x{%X}", "\\x{%06x}"), codePoint), codePoint);
      case 4:
        constructs.add("\\uhhhh");
        return Piece.literal(unit(Character.toString(codePoint)), codePoint);
      case 5:
        constructs.add("\\N{name}");
        return Piece.set("\\N{" + Names.character(chance) + "}");
      case 6:
        constructs.add("\\cx");
        int letter = chance.between(0x20, 0x7E);
        return Piece.literal("\\c" + (char) letter, letter ^ 64);
      case 7:
        return incomplete();
      default:
        constructs.add("escaped sign");
        int sign = chance.of(Alphabet.SIGNS);
        return Piece.literal("\\" + (char) sign, sign);
    }
  }

  /** The text as escapes of UTF-16 units. */
  static String unit(String text) {
    StringBuilder out = new StringBuilder();
    text.chars().forEach(c -> out.append(String.format("\\u%04x", c)));
    return out.toString();
  }

  private Piece control() {
    int i = chance.below(6);
    constructs.add("\\t \\n ...");
    return Piece.literal("\\" + "tnrfae".charAt(i), "\t\n\r\f\u0007\u001B".charAt(i));
  }

  private Piece octal(int octet) {
    constructs.add("\\0n");
    return Piece.literal("\\0" + Integer.toOctalString(octet), octet);
  }

  private Piece incomplete() {
    constructs.add("odd escape");
    String text =
        chance.of(
            "\\x", "\\x4", "\\x{", "\\x{}", "\\x{110000}", "\\x{g}", "\\x{41", "\\u", "\\u004",
            "\\u{41}", "\\0", "\\08", "\\0777", "\\0400", "\\c", "\\N", "\\N{", "\\p", "\\p{",
            "\\p{L",
            "\\k", "\\k<", "\\k<a", "\\k{a}", "\\y", "\\i", "\\j", "\\E", "\\Q", "\\_", "\\X",
            "\\\u00E9",
            "\\ ", "\\\n", "\\g", "\\K", "\\C", "\\u0041\\u0301", "\\ud83d\\x{de00}", "\\b{w}",
            "\\b{g",
            "\\b{", "\\B{g}", "\\x{d800}", "\\x{D83D}\\x{DE00}");
    return Piece.literal(text, "a");
  }

  Piece quote() {
    constructs.add("\\Q...\\E");
    StringBuilder body = new StringBuilder();
    int length = chance.below(5);
    for (int i = 0; i < length; ++i) {
      body.appendCodePoint(
          chance.oneIn(3) ? chance.of(Alphabet.SIGNS) : Alphabet.mostlyPlain(chance));
    }
    String hit = body.toString().replace("\\E", "");
    return Piece.literal("\\Q" + hit + (chance.oneIn(40) ? "" : "\\E"), hit);
  }

  /** Pairs that are written as their halves, halves alone, and characters beyond the BMP. */
  Piece surrogates() {
    constructs.add("surrogate escapes");
    int pair = chance.of(0x1F600, 0x10400, 0x10428, 0x1D7CE, 0x1F468);
    String halves = Character.toString(pair);
    switch (chance.below(6)) {
      case 0:
        return Piece.literal(halves, pair);
      case 1:
        return Piece.literal(unit(halves), pair);
      case 2:
        return Piece.literal(unit(halves.substring(0, 1)) + halves.charAt(1), pair);
      case 3:
        return Piece.literal(halves.charAt(0) + unit(halves.substring(1)), pair);
      case 4:
        int i = chance.below(2);
        return Piece.literal(unit(halves.substring(i, i + 1)), halves.substring(i, i + 1));
      default:
        return Piece.literal(String.format("\\x{%x}", pair), pair);
    }
  }
}
