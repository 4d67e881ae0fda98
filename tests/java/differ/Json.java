package differ;

import java.util.LinkedHashMap;
import java.util.Map;

/** As much JSON as the two sides speak, in ASCII: what is beyond it is a \\u escape. */
final class Json {
  private final String text;
  private int place;

  private Json(String text) {
    this.text = text;
  }

  static void quote(StringBuilder out, String value) {
    if (value == null) {
      out.append("null");
      return;
    }
    out.append('"');
    for (int i = 0; i < value.length(); ++i) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c >= 0x20 && c < 0x7F) {
        out.append(c);
      } else {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(Character.forDigit((c >> shift) & 0xF, 16));
        }
      }
    }
    out.append('"');
  }

  static String quoted(String value) {
    StringBuilder out = new StringBuilder();
    quote(out, value);
    return out.toString();
  }

  static void quote(StringBuilder out, Map<String, String> members) {
    out.append('{');
    String comma = "";
    for (Map.Entry<String, String> member : members.entrySet()) {
      out.append(comma);
      quote(out, member.getKey());
      out.append(':');
      quote(out, member.getValue());
      comma = ",";
    }
    out.append('}');
  }

  /** An object of strings, numbers as strings, booleans, nulls and objects. */
  static Map<String, Object> read(String line) {
    Json json = new Json(line);
    Map<String, Object> result = json.object();
    json.blanks();
    json.require(json.place == line.length());
    return result;
  }

  private Map<String, Object> object() {
    Map<String, Object> members = new LinkedHashMap<>();
    take('{');
    if (peek() == '}') {
      ++place;
      return members;
    }
    while (true) {
      blanks();
      String name = string();
      take(':');
      members.put(name, value());
      if (peek() != ',') {
        break;
      }
      ++place;
    }
    take('}');
    return members;
  }

  private Object value() {
    switch (peek()) {
      case '{':
        return object();
      case '"':
        return string();
      default:
        int first = place;
        while (place < text.length() && ",}] ".indexOf(text.charAt(place)) < 0) {
          ++place;
        }
        String word = text.substring(first, place);
        return switch (word) {
          case "true" -> Boolean.TRUE;
          case "false" -> Boolean.FALSE;
          case "null" -> null;
          default -> word;
        };
    }
  }

  private String string() {
    take('"');
    StringBuilder out = new StringBuilder();
    while (text.charAt(place) != '"') {
      char c = text.charAt(place++);
      out.append(c == '\\' ? escape() : c);
    }
    ++place;
    return out.toString();
  }

  private char escape() {
    char c = text.charAt(place++);
    switch (c) {
      case 'n':
        return '\n';
      case 't':
        return '\t';
      case 'r':
        return '\r';
      case 'b':
        return '\b';
      case 'f':
        return '\f';
      case 'u':
        place += 4;
        return (char) Integer.parseInt(text.substring(place - 4, place), 16);
      default:
        return c;
    }
  }

  private char peek() {
    blanks();
    require(place < text.length());
    return text.charAt(place);
  }

  private void take(char expected) {
    require(peek() == expected);
    ++place;
  }

  private void blanks() {
    while (place < text.length() && text.charAt(place) == ' ') {
      ++place;
    }
  }

  private void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException("no JSON answer: " + text);
    }
  }
}
