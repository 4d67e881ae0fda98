package differ;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Writes down which code points match a pattern of one: their number and the FNV-1a hash (64 bits)
 * of their ranges, each bound as four octets, the lowest first.
 */
final class SetRecorder {
  private static final long FNV_BASIS = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  private final Path file;
  private final StringBuilder out = new StringBuilder();

  SetRecorder(Path file) {
    this.file = file;
  }

  void run() throws IOException {
    out.append("# Code points that match a pattern of one, as JDK ");
    out.append(System.getProperty("java.version"));
    out.append(" has it: pattern, how many, hash of the ranges.\n");
    int count = 0;
    for (String pattern : patterns()) {
      record(pattern);
      ++count;
    }
    Files.writeString(file, out);
    System.out.printf("%,d sets, %,d octets%n", count, out.length());
  }

  private static Set<String> patterns() {
    Set<String> patterns = new LinkedHashSet<>();
    List<String> properties = new ArrayList<>();
    Names.CATEGORIES.forEach(name -> properties.add(name));
    Names.POSIX.forEach(name -> properties.add(name));
    Names.JAVA.forEach(name -> properties.add(name));
    Names.BINARY.forEach(name -> properties.add("Is" + name));
    Names.POSIX.forEach(name -> properties.add("Is" + name));
    Names.SCRIPTS.forEach(name -> properties.add("Is" + name));
    Names.BLOCKS.forEach(name -> properties.add("In" + name));
    for (String property : properties) {
      patterns.add("\\p{" + property + "}");
      patterns.add("[^\\p{" + property + "}]");
      if (!property.startsWith("In")) {
        patterns.add("(?i)\\p{" + property + "}");
        patterns.add("(?iu)\\p{" + property + "}");
        patterns.add("(?U)\\p{" + property + "}");
        patterns.add("(?iU)\\P{" + property + "}");
      }
    }
    for (String shorthand : List.of("d", "D", "s", "S", "w", "W", "h", "H", "v", "V")) {
      patterns.add("\\" + shorthand);
      patterns.add("(?U)\\" + shorthand);
      patterns.add("(?U)[^\\" + shorthand + "]");
      patterns.add("[a\\" + shorthand + "]");
    }
    for (String flags : List.of("", "(?i)", "(?iu)", "(?d)", "(?s)", "(?U)", "(?iU)", "(?m)",
        "(?u)")) {
      for (String set : CLASSES) {
        patterns.add(flags + set);
      }
      for (int letter : flags.isEmpty() || flags.startsWith("(?i") ? Alphabet.CASES : new int[0]) {
        patterns.add(flags + Character.toString(letter));
        patterns.add(flags + "[" + Character.toString(letter) + "a]");
        patterns.add(flags + "[^" + Character.toString(letter) + "]");
      }
    }
    return patterns;
  }

  private static final String[] CLASSES = {
    ".", "[a-z]", "[A-Z]", "[^a-z]", "[k-s]", "[\u00E0-\u00FE]", "[\u0391-\u03C9]",
    "[\u0100-\u024F]", "[\u0400-\u045F]",
    "[\u13A0-\u13F5]", "[\uAB70-\uABBF]", "[\u10D0-\u10FA]", "[\u1C90-\u1CBA]", "[\u24D0-\u24E9]",
    "[\u2160-\u217F]",
    "[\u1F00-\u1FFF]", "[\uD801\uDC00-\uD801\uDC27]", "[\uD801\uDC00-\uD801\uDC4F]",
    "[\u2100-\u214F]", "[\uFB00-\uFB06]", "[\u0131]",
    "[\u0130]", "[\u0000-\uFFFF]", "[\uD83A\uDD00-\uD83A\uDD43]", "[a-z&&[^aeiou]]", "[a-d[m-p]]",
    "[\\w&&[^\\d]]", "[^\\w&&\\S]",
    "[a-z&&[def]]", "[^a-z&&[def]]", "[[a-c]&&[b-d]&&c]", "[a[^b]]", "[^a[^b]]", "[^a[b]]",
    "[\\d&&\\D]", "[^\\d&&\\D]", "[a-c&&b-d]",
    "[^a-c&&b-d]", "[\\p{L}&&\\p{ASCII}]", "[\\p{Lu}a]", "[^\\p{Lu}a]", "[\\ud800-\\udfff]",
    "[\\x{1F600}-\\x{1F64F}]", "[\\p{L}--[a-z]]",
    "[&&a]", "[a&&]", "[a&&&&b]", "[a&]", "[&]", "[-a]", "[a-]", "[a-c-e]", "[\\Qa-c\\E]", "[^^]",
    "[a^]", "[+--]", "[\\t-\\r]", "[\\cA-\\cZ]"
  };

  private void record(String text) {
    Pattern pattern;
    try {
      pattern = Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      out.append(Recorded.line('!', List.of(text)));
      return;
    }
    Matcher matcher = pattern.matcher("");
    long hash = FNV_BASIS;
    int count = 0;
    int first = -1;
    for (int c = 0; c <= Character.MAX_CODE_POINT + 1; ++c) {
      boolean in = c <= Character.MAX_CODE_POINT && matcher.reset(Character.toString(c)).matches();
      count += in ? 1 : 0;
      if (in && first < 0) {
        first = c;
      } else if (!in && first >= 0) {
        hash = add(add(hash, first), c - 1);
        first = -1;
      }
    }
    out.append(
        Recorded.line('=', List.of(text, Integer.toString(count), Long.toHexString(hash))));
  }

  private static long add(long hash, int value) {
    for (int shift = 0; shift < 32; shift += 8) {
      hash = (hash ^ ((value >> shift) & 0xFF)) * FNV_PRIME;
    }
    return hash;
  }
}
