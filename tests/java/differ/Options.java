package differ;

import java.util.ArrayList;
import java.util.List;

/** What the command line says. */
record Options(
    long seed,
    double seconds,
    long pairs,
    String findings,
    String record,
    String cases,
    boolean answer,
    List<String> command) {
  static Options of(String[] arguments) {
    long seed = System.nanoTime() & 0xFFFFFF;
    double seconds = 60;
    long pairs = Long.MAX_VALUE;
    String findings = null;
    String record = null;
    String cases = null;
    boolean answer = false;
    List<String> command = new ArrayList<>();
    for (int i = 0; i < arguments.length; ++i) {
      switch (arguments[i]) {
        case "--seed" -> seed = Long.parseLong(arguments[++i]);
        case "--seconds" -> seconds = Double.parseDouble(arguments[++i]);
        case "--pairs" -> {
          pairs = Long.parseLong(arguments[++i]);
          seconds = Double.MAX_VALUE;
        }
        case "--findings" -> findings = arguments[++i];
        case "--record" -> record = arguments[++i];
        case "--cases" -> cases = arguments[++i];
        case "--answer" -> answer = true;
        case "--" -> {
          command.addAll(List.of(arguments).subList(i + 1, arguments.length));
          i = arguments.length;
        }
        default -> throw new IllegalArgumentException("what is " + arguments[i] + "?");
      }
    }
    return new Options(seed, seconds, pairs, findings, record, cases, answer, command);
  }
}
