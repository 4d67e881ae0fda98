package differ;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Texts to try a pattern on: hits, near misses, others. */
final class Inputs {
  private Inputs() {}

  /** At most {@code count}; fewer when some are the same. */
  static List<String> of(Piece piece, int count, Chance chance) {
    Set<String> inputs = new LinkedHashSet<>();
    String hit = piece.sample(chance);
    inputs.add(hit);
    for (int i = 1; i < count; ++i) {
      switch (i % 6) {
        case 1:
          inputs.add(piece.sample(chance));
          break;
        case 2:
          inputs.add(cased(piece.sample(chance), chance));
          break;
        case 5:
          inputs.add(chance.percent(50) ? unrelated(chance) : fromPattern(piece.text(), chance));
          break;
        default:
          inputs.add(nearMiss(chance.percent(50) ? hit : piece.sample(chance), chance));
      }
    }
    return new ArrayList<>(inputs);
  }

  static List<String> ofText(String pattern, int count, Chance chance) {
    Set<String> inputs = new LinkedHashSet<>();
    for (int i = 0; i < count; ++i) {
      inputs.add(chance.percent(75) ? fromPattern(pattern, chance) : unrelated(chance));
    }
    return new ArrayList<>(inputs);
  }

  private static String cased(String text, Chance chance) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(c -> out.appendCodePoint(chance.percent(60) ? Alphabet.otherCase(c, chance) : c));
    return out.toString();
  }

  private static String nearMiss(String text, Chance chance) {
    List<Integer> points = new ArrayList<>(text.codePoints().boxed().toList());
    int changes = chance.weighted(new int[] {0, 8, 3, 1});
    for (int i = 0; i < changes; ++i) {
      change(points, chance);
    }
    StringBuilder out = new StringBuilder();
    points.forEach(out::appendCodePoint);
    return out.toString();
  }

  private static void change(List<Integer> points, Chance chance) {
    int other = chance.percent(70) ? Alphabet.mostlyPlain(chance) : Alphabet.any(chance);
    int place = chance.between(0, points.size());
    if (place == points.size()) {
      points.add(other);
      return;
    }
    switch (chance.below(6)) {
      case 0:
        points.remove(place);
        break;
      case 1:
        points.add(place, other);
        break;
      case 2:
        points.add(place, points.get(place));
        break;
      case 3:
        points.set(place, Math.max(0, points.get(place) + chance.of(-1, 1)));
        points.set(place, Math.min(Character.MAX_CODE_POINT, points.get(place)));
        break;
      case 4:
        points.subList(place, points.size()).clear();
        break;
      default:
        points.set(place, other);
    }
  }

  private static String unrelated(Chance chance) {
    StringBuilder out = new StringBuilder();
    int length = chance.weighted(new int[] {1, 4, 4, 3, 2, 1, 1});
    for (int i = 0; i < length; ++i) {
      out.appendCodePoint(chance.percent(60) ? Alphabet.plain(chance) : Alphabet.any(chance));
    }
    return out.toString();
  }

  /** The letters of the pattern in their order, with gaps and without its signs. */
  private static String fromPattern(String pattern, Chance chance) {
    StringBuilder out = new StringBuilder();
    boolean signs = chance.oneIn(6);
    pattern
        .codePoints()
        .forEach(
            c -> {
              boolean sign = "()[]{}|*+?^$\\&-#:=!<>,".indexOf(c) >= 0;
              if ((!sign || signs) && chance.percent(70)) {
                out.appendCodePoint(c);
                if (chance.oneIn(6)) {
                  out.appendCodePoint(c);
                }
              }
            });
    return out.toString();
  }
}
