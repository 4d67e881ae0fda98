package differ;

import java.util.List;

/** Code points worth trying: few, so that patterns and inputs meet, the odd ones among them. */
final class Alphabet {
  static final int[] PLAIN = "aaabbbcABx01/-_. ".codePoints().toArray();

  static final int[] TERMINATORS = {'\n', '\r', 0x85, 0x2028, 0x2029, 0x0B, 0x0C, '\t'};

  /** Letters whose case has a story: Kelvin, long s, sigmas, dotless i, title case, Cherokee. */
  static final int[] CASES = {
    'k', 'K', 0x212A, 's', 'S', 0x17F, 0xDF, 0x1E9E, 0x3C3, 0x3C2, 0x3A3, 0x130, 0x131, 'i', 'I',
    0xE9, 0xC9, 0xB5, 0x3BC, 0x39C, 0x1C4, 0x1C5, 0x1C6, 0xE5, 0xC5, 0x212B, 0x13A0, 0xAB70,
    0x10400, 0x10428, 0x3B8, 0x3D1, 0x3F4, 0x398, 0xFF, 0x178, 0x1E9B, 0x1E61, 0x345, 0x3B9, 0x1FBE,
    0x24D0, 0x24B6, 0x2170, 0x2160, 0x1F80, 0x1F88, 0xFB05, 0xFB06, 0x10D0, 0x1C90, 0x3F5, 0x3B5
  };

  /** Marks, joiners, jamo, flags, emoji, digits and blanks of elsewhere, non-characters. */
  static final int[] ODD = {
    0x301, 0x308, 0x200D, 0x200C, 0xFE0F, 0x1F468, 0x1F469, 0x1F3FB, 0x1F1E6, 0x1F1E7, 0x1100,
    0x1161, 0x11A8, 0xAC00, 0xAC01, 0x903, 0xE33, 0x600, 0x1D165, 0x660, 0x966, 0xB2, 0x2167, 0xA0,
    0x180E, 0x2003, 0x3000, 0x203F, 0x2460, 0x4E00, 0xFFFF, 0xFDD0, 0x10FFFF, 0xE000, 0xAD, 0x1F600,
    0x1D7CE, 0, 1, 0x1F, 0x7F, 0x80, 0x9F, 0xFEFF, 0x5D0, 0x915, 0x94D, 0x3042, 0x30A2, 0x378,
    0x31350
  };

  static final int[] SURROGATES = {0xD800, 0xDC00, 0xD83D, 0xDE00, 0xDBFF, 0xDFFF, 0xD801, 0xDC28};

  static final int[] SIGNS = "()[]{}|*+?^$\\.&-#:=!<>,@%~'\";".codePoints().toArray();

  private static final List<int[]> POOLS =
      List.of(PLAIN, TERMINATORS, CASES, ODD, SURROGATES, SIGNS);
  private static final int[] MOSTLY_PLAIN = {80, 6, 5, 4, 2, 4};
  private static final int[] MIXED = {20, 16, 20, 20, 8, 8};

  private Alphabet() {}

  static int plain(Chance chance) {
    return chance.of(PLAIN);
  }

  static int mostlyPlain(Chance chance) {
    return chance.of(POOLS.get(chance.weighted(MOSTLY_PLAIN)));
  }

  static int any(Chance chance) {
    return chance.oneIn(12)
        ? chance.below(Character.MAX_CODE_POINT + 1)
        : chance.of(POOLS.get(chance.weighted(MIXED)));
  }

  /** Another case of {@code codePoint}, or itself. */
  static int otherCase(int codePoint, Chance chance) {
    switch (chance.below(5)) {
      case 0:
        return Character.toUpperCase(codePoint);
      case 1:
        return Character.toLowerCase(codePoint);
      case 2:
        return Character.toTitleCase(codePoint);
      case 3:
        return Character.toLowerCase(Character.toUpperCase(codePoint));
      default:
        return relative(codePoint);
    }
  }

  private static int relative(int codePoint) {
    int upper = Character.toUpperCase(codePoint);
    for (int candidate : CASES) {
      if (candidate != codePoint && Character.toUpperCase(candidate) == upper) {
        return candidate;
      }
    }
    return codePoint;
  }
}
