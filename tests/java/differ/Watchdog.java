package differ;

/** Stops the thread that made it while a match runs that reads no character. */
final class Watchdog {
  private static final long LOOK_MILLIS = 50;

  private final Thread watched = Thread.currentThread();
  private final Object lock = new Object();
  private long deadlineNanos;
  private boolean watching;
  private volatile boolean stopped; // and the ThreadDeath not caught yet

  Watchdog() {
    Thread thread = new Thread(this::run, "watchdog");
    thread.setDaemon(true);
    thread.start();
  }

  void watch(long millis) {
    synchronized (lock) {
      deadlineNanos = System.nanoTime() + millis * 1_000_000;
      watching = true;
    }
  }

  /** After this the thread is not stopped any more; a ThreadDeath on its way is waited for. */
  void done() {
    try {
      synchronized (lock) {
        watching = false;
      }
      while (stopped) {
        Thread.onSpinWait();
      }
    } catch (ThreadDeath e) {
      arrived();
    }
  }

  /** The ThreadDeath was caught. */
  void arrived() {
    Thread.interrupted(); // stop() interrupts as well
    stopped = false;
  }

  @SuppressWarnings({"deprecation", "removal"})
  private void run() {
    while (true) {
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
      synchronized (lock) {
        if (watching && System.nanoTime() - deadlineNanos > 0) {
          watching = false;
          stopped = true;
          watched.stop();
        }
      }
    }
  }
}
