package differ;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** A part of a pattern, and a way to make texts that it (nearly always) matches. */
record Piece(String text, Sampler sampler) {
  interface Sampler {
    void append(StringBuilder out, Sampling sampling);
  }

  /** What is remembered while a text is made: the dice, and what the groups hold so far. */
  static final class Sampling {
    static final int LENGTH_MAX = 400;
    final Chance chance;
    final Map<Integer, String> groups = new HashMap<>();

    Sampling(Chance chance) {
      this.chance = chance;
    }
  }

  static Piece nothing(String text) {
    return new Piece(text, (out, sampling) -> {});
  }

  static Piece literal(String text, int codePoint) {
    return new Piece(text, (out, sampling) -> out.appendCodePoint(codePoint));
  }

  static Piece literal(String text, String hit) {
    return new Piece(text, (out, sampling) -> out.append(hit));
  }

  /** One code point of the set that {@code text} describes: of some, one that Java has in it. */
  static Piece set(String text) {
    return new Piece(text, new SetSampler(text));
  }

  String sample(Chance chance) {
    StringBuilder out = new StringBuilder();
    sampler.append(out, new Sampling(chance));
    return out.toString();
  }

  private static final class SetSampler implements Sampler {
    private static final int TRIES = 12;
    private final String text;
    private Pattern pattern;

    SetSampler(String text) {
      this.text = text;
    }

    @Override
    public void append(StringBuilder out, Sampling sampling) {
      Chance chance = sampling.chance;
      int candidate = Alphabet.plain(chance);
      for (int i = 0; i < TRIES && !contains(candidate); ++i) {
        candidate = i < 4 ? Alphabet.mostlyPlain(chance) : Alphabet.any(chance);
      }
      out.appendCodePoint(candidate);
    }

    private boolean contains(int codePoint) {
      try {
        if (pattern == null) {
          pattern = Pattern.compile(text);
        }
        return pattern.matcher(Character.toString(codePoint)).matches();
      } catch (RuntimeException e) { // not a set, or one at which the JDK itself fails
        return true;
      }
    }
  }
}
