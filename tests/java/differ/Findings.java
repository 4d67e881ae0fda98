package differ;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Disagreements, those of one cause together: the same kind and minimal patterns of one shape. */
final class Findings {
  static final class Finding {
    final String kind;
    final Pair minimal;
    final Pair first; // as the generator made it
    final Answer java;
    final Answer ours;
    int count = 1;

    Finding(String kind, Pair minimal, Pair first, Answer java, Answer ours) {
      this.kind = kind;
      this.minimal = minimal;
      this.first = first;
      this.java = java;
      this.ours = ours;
    }
  }

  private final Map<String, Finding> byCause = new LinkedHashMap<>();
  private long notShrunk;

  /** Whether the cause is new. */
  boolean add(Finding finding) {
    String cause = finding.kind + " " + shape(finding.minimal.pattern());
    Finding known = byCause.get(cause);
    if (known != null) {
      ++known.count;
      return false;
    }
    byCause.put(cause, finding);
    return true;
  }

  void addNotShrunk() {
    ++notShrunk;
  }

  long notShrunk() {
    return notShrunk;
  }

  Collection<Finding> all() {
    return byCause.values();
  }

  boolean none() {
    return byCause.isEmpty() && notShrunk == 0;
  }

  void write(Path file, long seed) throws IOException {
    StringBuilder out = new StringBuilder();
    for (Finding finding : byCause.values()) {
      out.append(line(finding, seed)).append('\n');
    }
    Files.writeString(file, out);
  }

  static String line(Finding finding, long seed) {
    StringBuilder out = new StringBuilder("{\"kind\":");
    Json.quote(out, finding.kind);
    pair(out.append(','), finding.minimal, "");
    answer(out.append(",\"java\":"), finding.java);
    answer(out.append(",\"ours\":"), finding.ours);
    out.append(",\"count\":").append(finding.count).append(",\"seed\":").append(seed);
    pair(out.append(','), finding.first, "first_");
    return out.append('}').toString();
  }

  private static void pair(StringBuilder out, Pair pair, String prefix) {
    Json.quote(out.append('"').append(prefix).append("pattern\":"), pair.pattern());
    Json.quote(out.append(",\"").append(prefix).append("input\":"), pair.input());
  }

  private static void answer(StringBuilder out, Answer answer) {
    StringBuilder groups = new StringBuilder();
    if (!answer.groups().isEmpty()) {
      Json.quote(groups.append(' '), answer.groups());
    }
    String error = answer.error() == null ? "" : ": " + answer.error();
    Json.quote(out, answer.verdict() + error + groups);
  }

  /** The pattern with all plain letters and digits alike. */
  private static String shape(String pattern) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < pattern.length(); ++i) {
      char c = pattern.charAt(i);
      boolean escaped = i > 0 && pattern.charAt(i - 1) == '\\';
      out.append(!escaped && Character.isLetter(c) ? 'a' : Character.isDigit(c) ? '1' : c);
    }
    return out.toString();
  }
}
