package differ;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Pairs that somebody thought of: a pattern and inputs on a line, as {@code Recorded} writes. */
final class HandPicked {
  private HandPicked() {}

  static List<Generator.Case> read(Path file) throws IOException {
    List<Generator.Case> cases = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("# ") || line.isEmpty()) {
        continue;
      }
      List<String> fields = Recorded.fields(line);
      List<String> inputs = fields.size() == 1 ? List.of("") : fields.subList(1, fields.size());
      cases.add(new Generator.Case(fields.get(0), inputs, Set.of("hand-picked")));
    }
    return cases;
  }
}
