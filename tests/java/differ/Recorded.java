package differ;

import java.util.List;

/**
 * The text of recorded answers: fields between tabs, ASCII. A code point that is no printable ASCII
 * character, and the backtick, is written as its hexadecimal number between a backtick and a
 * semicolon; {@code `-;} is a group that took no part.
 */
final class Recorded {
  static final String NO_PART = "`-;";

  private Recorded() {}

  static String field(String value) {
    if (value == null) {
      return NO_PART;
    }
    StringBuilder out = new StringBuilder();
    value
        .codePoints()
        .forEach(
            c -> {
              if (c >= 0x20 && c < 0x7F && c != '`') {
                out.append((char) c);
              } else {
                out.append('`').append(Integer.toHexString(c)).append(';');
              }
            });
    return out.toString();
  }

  static String line(char kind, List<String> fields) {
    StringBuilder out = new StringBuilder().append(kind);
    fields.forEach(value -> out.append('\t').append(field(value)));
    return out.append('\n').toString();
  }

  /** The fields of a line, without its kind. */
  static List<String> fields(String line) {
    return List.of(line.split("\t", -1)).stream().map(Recorded::value).toList();
  }

  private static String value(String field) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < field.length(); ++i) {
      if (field.charAt(i) != '`') {
        out.append(field.charAt(i));
        continue;
      }
      int end = field.indexOf(';', i);
      out.appendCodePoint(Integer.parseInt(field.substring(i + 1, end), 16));
      i = end;
    }
    return out.toString();
  }
}
