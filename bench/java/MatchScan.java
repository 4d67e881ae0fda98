import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * java MatchScan.java FOLDER: plays what `oriel bench match --export FOLDER` wrote to
 * java.util.regex, pattern by pattern, and prints a line of JSON for each file of patterns.
 */
final class MatchScan {
  private static final double SECONDS_MAX = 1;
  private static final double WARM_UP_SECONDS = 1;
  private static final int LOOKUPS = 50_000;
  private static final int AT_ONCE = 64;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private record Known(String path, int service) {}

  private static double cpuSeconds() {
    return THREADS.getCurrentThreadCpuTime() * 1e-9;
  }

  private static List<Known> readLookups(Path file) throws IOException {
    List<Known> all = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      int blank = line.indexOf(' ');
      all.add(new Known(line.substring(blank + 1), Integer.parseInt(line.substring(0, blank))));
    }
    return all;
  }

  private static int firstMatch(List<Pattern> patterns, String path) {
    for (int i = 0; i < patterns.size(); ++i) {
      if (patterns.get(i).matcher(path).matches()) return i;
    }
    return -1;
  }

  private static int wrong = 0;

  /** Looks paths up until `wanted` are done or the time is over; gives nanoseconds for each. */
  private static double measure(
      List<Pattern> patterns, List<Known> paths, int wanted, double secondsMax) {
    int done = 0;
    double start = cpuSeconds();
    double now = start;
    while (done < wanted && now - start < secondsMax) {
      for (int i = 0; i < AT_ONCE && done < wanted; ++i, ++done) {
        Known one = paths.get(done % paths.size());
        if (firstMatch(patterns, one.path()) != one.service()) ++wrong;
      }
      now = cpuSeconds();
    }
    return (now - start) * 1e9 / done;
  }

  private static void run(Path file) throws IOException {
    List<String> texts = Files.readAllLines(file);
    double before = cpuSeconds();
    List<Pattern> patterns = new ArrayList<>();
    for (String text : texts) patterns.add(Pattern.compile(text));
    double compileMs = (cpuSeconds() - before) * 1e3;

    String stem = file.getFileName().toString().replace(".patterns", "");
    StringBuilder line = new StringBuilder();
    line.append(
        String.format(
            Locale.ROOT,
            "{\"engine\":\"java.util.regex scan\",\"patterns\":\"%s\",\"services\":%d,"
                + "\"compile_ms\":%.2f",
            stem.substring(0, stem.lastIndexOf('-')),
            patterns.size(),
            compileMs));
    wrong = 0;
    for (String kind : List.of("hits", "misses", "mix", "fresh")) {
      List<Known> paths = readLookups(file.resolveSibling(stem + "." + kind));
      measure(patterns, paths, Integer.MAX_VALUE, WARM_UP_SECONDS);
      double nanoseconds = measure(patterns, paths, LOOKUPS, SECONDS_MAX);
      line.append(String.format(Locale.ROOT, ",\"%s_ns\":%.0f", kind, nanoseconds));
    }
    System.out.println(line + ",\"wrong\":" + wrong + "}");
  }

  public static void main(String[] arguments) throws IOException {
    try (Stream<Path> files = Files.list(Path.of(arguments[0]))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".patterns")).sorted().toList()) {
        run(file);
      }
    }
  }
}
