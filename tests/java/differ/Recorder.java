package differ;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes down what Java answers, for machines without it. */
final class Recorder {
  private static final int PAIRS = 26_000;
  private static final int PAIRS_OF_A_CONSTRUCT = 800; // beyond that, only patterns with rarer ones
  private static final int PATTERN_LENGTH_MAX = 48;
  private static final int INPUT_LENGTH_MAX = 48;
  private static final long JAVA_MILLIS_MAX = 2;

  private final long seed;
  private final Path folder;
  private final Oracle oracle = new Oracle();
  private final StringBuilder out = new StringBuilder();
  private final Map<String, Integer> pairsOfConstruct = new HashMap<>();
  private final Set<String> patterns = new HashSet<>();
  private int pairs;

  Recorder(long seed, Path folder) {
    this.seed = seed;
    this.folder = folder;
  }

  void run() throws IOException {
    out.append("# What java.util.regex of JDK ").append(System.getProperty("java.version"));
    out.append(" answers; made by tests/java/differ.sh --record, seed ").append(seed).append(".\n");
    out.append("# = pattern groups-by-number (a name, or nothing)   accepted; its inputs follow\n");
    out.append("# ! pattern     refused\n");
    out.append("# + input groups-by-number                          the whole input matches\n");
    out.append("# - input                                           it does not\n");
    out.append("# Fields are separated by tabs; `h; is code point h, `-; a group without part.\n");
    for (Generator.Case made : HandPicked.read(folder.resolve("../hand_picked.txt"))) {
      record(made.pattern(), made.inputs());
    }
    Generator generator = new Generator(seed);
    while (pairs < PAIRS) {
      Generator.Case made = generator.next();
      if (wanted(made)) {
        int before = pairs;
        record(made.pattern(), made.inputs());
        int more = pairs - before;
        made.constructs().forEach(c -> pairsOfConstruct.merge(c, more, Integer::sum));
      }
    }
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("pairs.txt"), out);
    System.out.printf(
        "%,d pairs of %,d patterns, %,d octets%n", pairs, patterns.size(), out.length());
    new SetRecorder(folder.resolve("sets.txt")).run();
  }

  private boolean wanted(Generator.Case made) {
    return made.pattern().length() <= PATTERN_LENGTH_MAX
        && made.constructs().stream()
            .anyMatch(c -> pairsOfConstruct.getOrDefault(c, 0) < PAIRS_OF_A_CONSTRUCT);
  }

  private void record(String pattern, List<String> inputs) {
    if (!patterns.add(pattern)) {
      return;
    }
    List<String> names = oracle.groups(pattern);
    if (names == null) {
      out.append(Recorded.line('!', List.of(pattern)));
      ++pairs;
      return;
    }
    List<String> fields = new ArrayList<>(List.of(pattern));
    fields.addAll(names);
    out.append(Recorded.line('=', fields));
    inputs.stream()
        .filter(input -> input.length() <= INPUT_LENGTH_MAX)
        .forEach(input -> match(pattern, input));
  }

  private void match(String pattern, String input) {
    Answer answer = oracle.ask(new Pair(pattern, input), JAVA_MILLIS_MAX);
    if (answer.verdict() == Answer.Verdict.NO) {
      out.append(Recorded.line('-', List.of(input)));
      ++pairs;
    } else if (answer.verdict() == Answer.Verdict.YES) {
      List<String> fields = new ArrayList<>(List.of(input));
      fields.addAll(oracle.lastGroups());
      out.append(Recorded.line('+', fields));
      ++pairs;
    }
  }
}
