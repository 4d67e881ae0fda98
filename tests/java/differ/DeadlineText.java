package differ;

/** A text that can be read until a deadline: java.util.regex has no budget of its own. */
final class DeadlineText implements CharSequence {
  /** Thrown from within the matcher when the time is up. */
  static final class TimeIsUp extends RuntimeException {
    TimeIsUp() {
      super(null, null, false, false);
    }
  }

  private static final int READS_BETWEEN_LOOKS = 1024;

  private final String text;
  private final long deadlineNanos;
  private int readsLeft = READS_BETWEEN_LOOKS;

  DeadlineText(String text, long nanos) {
    this.text = text;
    this.deadlineNanos = System.nanoTime() + nanos;
  }

  @Override
  public char charAt(int index) {
    if (--readsLeft == 0) {
      readsLeft = READS_BETWEEN_LOOKS;
      if (System.nanoTime() - deadlineNanos > 0) {
        throw new TimeIsUp();
      }
    }
    return text.charAt(index);
  }

  @Override
  public int length() {
    return text.length();
  }

  @Override
  public CharSequence subSequence(int start, int end) {
    return text.subSequence(start, end);
  }

  @Override
  public String toString() {
    return text;
  }
}
