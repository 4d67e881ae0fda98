package differ;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** The names that may stand in {@code \p{...}} and {@code \N{...}}, as this JDK has them. */
final class Names {
  static final List<String> CATEGORIES =
      List.of(
          "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Me", "Mc", "Nd", "Nl", "No", "Zs", "Zl", "Zp", "Cc",
          "Cf", "Co", "Cs", "Cn", "Pd", "Ps", "Pe", "Pc", "Po", "Sm", "Sc", "Sk", "So", "Pi", "Pf",
          "L", "M", "N", "Z", "C", "P", "S", "LC", "LD", "L1", "all");

  static final List<String> POSIX =
      List.of(
          "Lower", "Upper", "ASCII", "Alpha", "Digit", "Alnum", "Punct", "Graph", "Print", "Blank",
          "Cntrl", "XDigit", "Space");

  static final List<String> BINARY =
      List.of(
          "Alphabetic", "Ideographic", "Letter", "Lowercase", "Uppercase", "Titlecase",
          "Punctuation", "Control", "White_Space", "WhiteSpace", "Digit", "Hex_Digit", "HexDigit",
          "Join_Control", "JoinControl", "Noncharacter_Code_Point", "NoncharacterCodePoint",
          "Assigned", "Emoji", "Emoji_Presentation", "Emoji_Modifier", "Emoji_Modifier_Base",
          "Emoji_Component", "Extended_Pictographic");

  static final List<String> JAVA = javaNames();
  static final List<String> SCRIPTS = scripts();
  static final List<String> BLOCKS = blocks();

  private Names() {}

  /** What may stand between the braces: a name in one of the spellings Java takes. */
  static String property(Chance chance) {
    switch (chance.below(12)) {
      case 0:
      case 1:
        return chance.of("", "", "Is", "general_category=", "gc=") + chance.of(CATEGORIES);
      case 2:
      case 3:
        return chance.of("", "", "Is") + spelled(chance.of(POSIX), chance);
      case 4:
        return chance.of("Is", "script=", "sc=") + spelled(chance.of(SCRIPTS), chance);
      case 5:
        return chance.of("In", "block=", "blk=") + spelled(chance.of(BLOCKS), chance);
      case 6:
      case 7:
        return "Is" + spelled(chance.of(BINARY), chance);
      case 8:
        return chance.of(JAVA);
      case 9:
        return chance.of("L", "Lu", "IsAlphabetic", "IsLatin", "InGreek", "javaLowerCase", "Lower");
      case 10:
        return nearly(chance);
      default:
        return chance.of("Ll", "Lu", "Lt", "IsLowercase", "IsUppercase", "IsTitlecase", "Upper");
    }
  }

  private static String nearly(Chance chance) {
    String[] wrong = {
      "", "Is", "In", "Foo", "IsFoo", "InFoo", "lu", "LU", "isLu", "inGreek", "gc=Foo", "sc=Foo",
      "foo=Lu", "=Lu", "Lu=", "java", "javaFoo", "IsLatn", "sc=Grek", "IsIsGreek", " Lu", "Lu ",
      "IsEmoji ", "blk=Latin-1 Supplement", "InLatin-1Supplement", "InBasicLatin", "InBasic Latin",
      "IsBasic_Latin", "gc= L", "L&", "IsL&", "Any", "IsAny", "Assigned", "IsUnknown", "IsAll",
      "INGreek", "InGREEK", "IsGREEK", "isGreek", "SC=Greek", "Blk=Greek", "GC=Lu", "gc=lu", "^Lu"
    };
    return chance.of(wrong);
  }

  private static String spelled(String name, Chance chance) {
    switch (chance.below(8)) {
      case 0:
        return name.toLowerCase(Locale.ROOT);
      case 1:
        return name.toUpperCase(Locale.ROOT);
      case 2:
        return name.replace('_', chance.of(' ', '-', '_'));
      case 3:
        return name.replace("_", "");
      default:
        return name;
    }
  }

  private static List<String> javaNames() {
    TreeSet<String> names = new TreeSet<>();
    for (Method method : Character.class.getMethods()) {
      boolean asks =
          Modifier.isStatic(method.getModifiers())
              && method.getReturnType() == boolean.class
              && method.getParameterCount() == 1
              && method.getParameterTypes()[0] == int.class
              && method.getName().startsWith("is");
      if (asks) {
        names.add("java" + method.getName().substring(2));
      }
    }
    return new ArrayList<>(names);
  }

  private static List<String> scripts() {
    List<String> names = new ArrayList<>();
    for (Character.UnicodeScript script : Character.UnicodeScript.values()) {
      names.add(script.toString());
    }
    return names;
  }

  private static List<String> blocks() {
    TreeSet<String> names = new TreeSet<>();
    for (int i = 0; i <= Character.MAX_CODE_POINT; i += 16) {
      Character.UnicodeBlock block = Character.UnicodeBlock.of(i);
      if (block != null) {
        names.add(block.toString());
      }
    }
    return new ArrayList<>(names);
  }

  /** A name for {@code \N{...}}, mostly a right one. */
  static String character(Chance chance) {
    if (chance.oneIn(8)) {
      return chance.of("", "FOO", "latin small letter a", "LATIN SMALL LETTER A ", "LINE FEED (LF)",
          "NULL", "HANGUL SYLLABLE GA", "CJK UNIFIED IDEOGRAPHS 4E00", "CJK UNIFIED IDEOGRAPH-4E00",
          "LATIN-SMALL-LETTER-A", "SPACE", "BEL", "BELL", "LATIN SMALL LETTER  A");
    }
    String name = Character.getName(Alphabet.any(chance));
    return name == null ? "SOLIDUS" : name;
  }
}
