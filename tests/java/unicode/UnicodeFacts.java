import java.lang.reflect.Field;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes down what Java knows of all code points, as a count and a checksum for each set, so that the
 * tables of core/unicode can be held to it where no JDK is. Run with JDK 17:
 *
 *   java --add-opens java.base/java.lang=ALL-UNNAMED UnicodeFacts.java > java17_facts.txt
 *
 * The opened package tells which names of blocks and scripts exist; all else is asked of the public API.
 */
class UnicodeFacts {
  static final int CODE_POINTS = 0x110000;

  static final String[] PROPERTIES = {
    "Alphabetic", "Ideographic", "Letter", "Lowercase", "Uppercase", "Titlecase", "White_Space",
    "WhiteSpace", "Control", "Punctuation", "Hex_Digit", "HexDigit", "Assigned",
    "Noncharacter_Code_Point", "NoncharacterCodePoint", "Digit", "Join_Control", "JoinControl",
    "Alnum", "Blank", "Graph", "Print", "Word"};
  static final String[] METHODS = {
    "Alphabetic", "Defined", "Digit", "ISOControl", "IdentifierIgnorable", "Ideographic",
    "JavaIdentifierPart", "JavaIdentifierStart", "Letter", "LetterOrDigit", "LowerCase", "Mirrored",
    "SpaceChar", "TitleCase", "UnicodeIdentifierPart", "UnicodeIdentifierStart", "UpperCase",
    "Whitespace"};
  static final String[] CATEGORIES = {
    "Cn", "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Me", "Mc", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc",
    "Cf", "Co", "Cs", "Pd", "Ps", "Pe", "Pc", "Po", "Sm", "Sc", "Sk", "So", "Pi", "Pf", "L", "M",
    "N", "Z", "C", "P", "S", "LC", "LD"};

  public static void main(String[] arguments) throws Exception {
    System.out.println("# Made by tests/java/unicode/UnicodeFacts.java on JDK "
        + System.getProperty("java.version") + "; that file says how.");
    for (String name : PROPERTIES) set("is", name, matching("\\p{Is" + name + "}"));
    for (String name : METHODS) set("java", name, matching("\\p{java" + name + "}"));
    for (String name : CATEGORIES) set("category", name, matching("\\p{" + name + "}"));
    scripts();
    blocks();
    mapping("upper", Character::toUpperCase);
    mapping("lower", Character::toLowerCase);
    names();
    graphemeClasses();
    graphemeTexts();
  }

  static void scripts() throws Exception {
    TreeSet<String> names = new TreeSet<>(secret(Character.UnicodeScript.class, "aliases").keySet());
    for (Character.UnicodeScript script : Character.UnicodeScript.values()) names.add(script.name());
    for (String name : names) {
      Character.UnicodeScript script = Character.UnicodeScript.forName(name);
      set("script", name, c -> Character.UnicodeScript.of(c) == script);
    }
  }

  static void blocks() throws Exception {
    for (String name : new TreeSet<>(secret(Character.UnicodeBlock.class, "map").keySet())) {
      Character.UnicodeBlock block = Character.UnicodeBlock.forName(name);
      set("block", name.replace(' ', '.'), c -> Character.UnicodeBlock.of(c) == block);
    }
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> secret(Class<?> of, String name) throws Exception {
    Field field = of.getDeclaredField(name);
    field.setAccessible(true);
    return (Map<String, Object>) field.get(null);
  }

  /** FNV-1a over numbers. */
  static long mix(long hash, long value) {
    return (hash ^ value) * 0x100000001b3L;
  }

  static final long SEED = 0xcbf29ce484222325L;

  static void set(String kind, String name, IntPredicate has) {
    int count = 0;
    long hash = SEED;
    boolean inside = false;
    for (int c = 0; c <= CODE_POINTS; ++c) {
      boolean now = c < CODE_POINTS && has.test(c);
      if (now) ++count;
      if (now != inside) hash = mix(hash, now ? c : c - 1);
      inside = now;
    }
    fact(kind, name, count, hash);
  }

  static void fact(String kind, String name, int count, long hash) {
    System.out.println(kind + " " + name + " " + count + " " + Long.toHexString(hash));
  }

  static IntPredicate matching(String regex) {
    Matcher matcher = Pattern.compile(regex, Pattern.DOTALL).matcher("");
    return c -> matcher.reset(Character.toString(c)).matches();
  }

  static void mapping(String kind, IntUnaryOperator map) {
    int count = 0;
    long hash = SEED;
    for (int c = 0; c < CODE_POINTS; ++c) {
      int to = map.applyAsInt(c);
      if (to == c) continue;
      ++count;
      hash = mix(mix(hash, c), to);
    }
    fact("case", kind, count, hash);
  }

  /** Names that characters have themselves, in no order; and who is called by the block. */
  static void names() {
    int count = 0;
    long sum = 0;
    for (int c = 0; c < CODE_POINTS; ++c) {
      String name = Character.getName(c);
      if (name == null || calledByBlock(c, name)) continue;
      ++count;
      long hash = mix(SEED, c);
      for (char letter : name.toCharArray()) hash = mix(hash, letter);
      sum += hash;
    }
    fact("names", "own", count, sum);
    set("names", "block", c -> Character.getName(c) != null && calledByBlock(c, Character.getName(c)));
  }

  static boolean calledByBlock(int c, String name) {
    String block = String.valueOf(Character.UnicodeBlock.of(c)).replace('_', ' ');
    return name.equals(block + " " + Integer.toHexString(c).toUpperCase());
  }

  // One code point of each kind: other, CR, LF, control, extend, ZWJ, regional indicator, prepend,
  // spacing mark, L, V, T, LV, LVT, pictograph.
  static final int[] PROBES = {0x61, 0xD, 0xA, 0, 0x300, 0x200D, 0x1F1E6, 0x600, 0x903, 0x1100, 0x1160,
    0x11A8, 0xAC00, 0xAC01, 0x1F600};

  static final Matcher CLUSTER = Pattern.compile("\\X").matcher("");

  /** How many code points the first cluster has. */
  static int cluster(int... text) {
    String string = new String(text, 0, text.length);
    CLUSTER.reset(string).lookingAt();
    return string.codePointCount(0, CLUSTER.end());
  }

  /** What a code point does beside each probe, as bits. */
  static long behaviour(int c) {
    long bits = 0;
    for (int probe : PROBES) {
      bits = bits << 2 | (cluster(probe, c) - 1) << 1 | (cluster(c, probe) - 1);
    }
    boolean begins = cluster(c, 0x200D, 0x1F600) == 3;
    boolean ends = cluster(0x1F600, 0x200D, c) == 3;
    return bits << 2 | (begins ? 2 : 0) | (ends ? 1 : 0);
  }

  static void graphemeClasses() {
    TreeMap<Long, Integer> classes = new TreeMap<>();
    long[] behaviours = new long[CODE_POINTS];
    for (int c = 0; c < CODE_POINTS; ++c) {
      behaviours[c] = behaviour(c);
      classes.merge(behaviours[c], 1, Integer::sum);
    }
    for (long bits : classes.keySet()) {
      set("grapheme", Long.toHexString(bits), c -> behaviours[c] == bits);
    }
  }

  static long state = 17;

  /** Knuth's linear congruential generator; below `bound`. */
  static int random(int bound) {
    state = state * 6364136223846793005L + 1442695040888963407L;
    return (int) ((state >>> 33) % bound);
  }

  static final int TEXTS = 20000;
  static final int LENGTH_MAX = 8;

  /**
   * For random texts of probes: where \X ends from each place, and where \b{g} matches.
   *
   * Java's matcher tests \b{g} against the cluster that begins where it last completed something. A
   * counted dot completes; dots in a row do not. So `.{2}.\b{g}` asks at 3 for the cluster at 2.
   */
  static void graphemeTexts() {
    Pattern[] clusters = new Pattern[LENGTH_MAX + 1];
    Pattern[][] boundaries = new Pattern[LENGTH_MAX + 1][LENGTH_MAX + 1];
    for (int at = 0; at <= LENGTH_MAX; ++at) {
      clusters[at] = Pattern.compile("(?s)" + ".".repeat(at) + "(\\X).*");
      for (int last = 0; last <= at; ++last) {
        String counted = last == 0 ? "" : ".{" + last + "}";
        String dots = ".".repeat(at - last);
        boundaries[last][at] = Pattern.compile("(?s)" + counted + dots + "\\b{g}.*");
      }
    }
    long clusterHash = SEED;
    long boundaryHash = SEED;
    for (int text = 0; text < TEXTS; ++text) {
      int[] codePoints = new int[1 + random(LENGTH_MAX)];
      for (int at = 0; at < codePoints.length; ++at) codePoints[at] = PROBES[random(PROBES.length)];
      String string = new String(codePoints, 0, codePoints.length);
      for (int at = 0; at <= codePoints.length; ++at) {
        for (int last = 0; last <= at; ++last) {
          boundaryHash = mix(boundaryHash, boundaries[last][at].matcher(string).matches() ? 1 : 0);
        }
        if (at == codePoints.length) continue;
        Matcher matcher = clusters[at].matcher(string);
        clusterHash = mix(clusterHash, matcher.matches() ? string.codePointCount(0, matcher.end(1)) : 99);
      }
    }
    fact("text", "cluster", TEXTS, clusterHash);
    fact("text", "boundary", TEXTS, boundaryHash);
  }
}
