package differ;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Speaks as the program under test does, with Java's answers: to ask Java by hand. */
final class Answerer {
  private static final long MILLIS_MAX = 100;

  private final Oracle oracle = new Oracle();

  void run() throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, false, StandardCharsets.US_ASCII);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      Map<String, Object> asked = Json.read(line);
      Pair pair = new Pair((String) asked.get("pattern"), (String) asked.get("input"));
      out.println(json(oracle.ask(pair, MILLIS_MAX)));
      if (System.in.available() == 0) {
        out.flush();
      }
    }
    out.flush();
  }

  private static String json(Answer answer) {
    StringBuilder out = new StringBuilder("{\"compiles\":");
    out.append(answer.verdict() != Answer.Verdict.REFUSED);
    out.append(",\"matches\":").append(answer.verdict() == Answer.Verdict.YES);
    Json.quote(out.append(",\"error\":"), answer.error());
    Json.quote(out.append(",\"groups\":"), answer.groups());
    return out.append('}').toString();
  }
}
