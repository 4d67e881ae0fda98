package differ;

import java.nio.file.Path;

/**
 * {@code Differ}, with --record {@code Recorder}, with --answer {@code Answerer}, on a thread with
 * room for deep recursion.
 */
final class Main {
  private static final long STACK_BYTES = 64 << 20;

  private static int exitCode = 2;

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    Thread thread = new Thread(null, () -> run(arguments), "differ", STACK_BYTES);
    thread.start();
    thread.join();
    System.exit(exitCode);
  }

  private static void run(String[] arguments) {
    try {
      Options options = Options.of(arguments);
      if (options.answer()) {
        new Answerer().run();
        exitCode = 0;
        return;
      }
      if (options.record() != null) {
        new Recorder(options.seed(), Path.of(options.record())).run();
        exitCode = 0;
        return;
      }
      exitCode = new Differ(options).run() ? 0 : 1;
    } catch (Throwable e) { // ThreadDeath too, which nobody else would report
      System.err.println("differ: " + e);
      e.printStackTrace();
    }
  }
}
