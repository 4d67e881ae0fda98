package differ;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;

/**
 * The program under test: a line {"pattern","input"} in, a line {"compiles","matches","error",
 * "groups"} out. Its output may lag behind: lines are written by a thread of their own.
 */
final class Subject implements AutoCloseable {
  private static final long PATIENCE_MILLIS = 300_000;

  private final List<String> command;
  private Process process;
  private OutputStream toProcess;
  private BufferedReader fromProcess;

  Subject(List<String> command) throws IOException {
    this.command = command;
    start();
  }

  /** Answers to all pairs, in their order. */
  List<Answer> ask(List<Pair> pairs) throws IOException {
    return begin(pairs).answers();
  }

  /** Sends the pairs; the caller may do other things before it takes the answers. */
  Question begin(List<Pair> pairs) {
    StringBuilder lines = new StringBuilder();
    for (Pair pair : pairs) {
      lines.append("{\"pattern\":");
      Json.quote(lines, pair.pattern());
      lines.append(",\"input\":");
      Json.quote(lines, pair.input());
      lines.append("}\n");
    }
    byte[] octets = lines.toString().getBytes(StandardCharsets.ISO_8859_1);
    Thread writer = new Thread(() -> write(octets), "to the program under test");
    writer.start();
    return new Question(pairs, writer);
  }

  final class Question {
    private final List<Pair> pairs;
    private final Thread writer;

    private Question(List<Pair> pairs, Thread writer) {
      this.pairs = pairs;
      this.writer = writer;
    }

    /** Ends the program when it takes longer than five minutes; then, as when it ends, IOException. */
    List<Answer> answers() throws IOException {
      Process asked = process;
      Timer timer = new Timer("patience", true);
      timer.schedule(
          new TimerTask() {
            @Override
            public void run() {
              asked.destroyForcibly();
            }
          },
          PATIENCE_MILLIS);
      try {
        return read();
      } finally {
        timer.cancel();
      }
    }

    private List<Answer> read() throws IOException {
      List<Answer> answers = new ArrayList<>(pairs.size());
      for (Pair pair : pairs) {
        String line = fromProcess.readLine();
        if (line == null) {
          String asked = Json.quoted(pair.pattern()) + " on " + Json.quoted(pair.input());
          throw new IOException("the program under test ended at or soon after " + asked);
        }
        answers.add(Subject.read(line));
      }
      try {
        writer.join();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      return answers;
    }
  }

  @Override
  public void close() throws IOException {
    toProcess.close();
    process.destroy();
  }

  void restart() throws IOException {
    process.destroy();
    start();
  }

  private void start() throws IOException {
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    toProcess = process.getOutputStream();
    fromProcess =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8), 1 << 16);
  }

  private void write(byte[] octets) {
    try {
      toProcess.write(octets);
      toProcess.flush();
    } catch (IOException e) {
      // The reader sees the end of the process and says so.
    }
  }

  private static Answer read(String line) {
    Map<String, Object> members = Json.read(line);
    Object error = members.get("error");
    String reason = error == null ? null : error.toString();
    if (!Boolean.TRUE.equals(members.get("compiles"))) {
      return Answer.refused(reason);
    }
    if (Boolean.TRUE.equals(members.get("matches"))) {
      @SuppressWarnings("unchecked")
      Map<String, String> groups = (Map<String, String>) (Map<?, ?>) members.get("groups");
      return new Answer(Answer.Verdict.YES, null, groups == null ? Map.of() : groups);
    }
    return reason == null ? Answer.no() : Answer.gaveUp(reason);
  }
}
