import org.junit.runner.Description;
import org.junit.runner.JUnitCore;
import org.junit.runner.Request;
import org.junit.runner.manipulation.Filter;
import org.junit.runner.notification.Failure;
import org.junit.runner.notification.RunListener;

/**
 * Runs JUnit classes and prints a line for each test: PASS, FAIL or SKIP. The first argument is the
 * name of tests to leave out, of whichever class.
 */
public class TestLines {
  public static void main(String[] arguments) throws Exception {
    JUnitCore core = new JUnitCore();
    core.addListener(new Lines());
    for (int i = 1; i < arguments.length; ++i) {
      Request tests = Request.aClass(Class.forName(arguments[i]));
      core.run(tests.filterWith(without(arguments[0])));
    }
    System.exit(0); // a test may leave threads behind
  }

  private static Filter without(String name) {
    return new Filter() {
      @Override
      public boolean shouldRun(Description test) {
        return !name.equals(test.getMethodName());
      }

      @Override
      public String describe() {
        return "without " + name;
      }
    };
  }

  private static class Lines extends RunListener {
    private Failure failure;
    private boolean skipped;

    @Override
    public void testStarted(Description test) {
      failure = null;
      skipped = false;
    }

    @Override
    public void testFailure(Failure seen) {
      failure = seen;
      if (seen.getDescription().getMethodName() == null)
        testFinished(seen.getDescription());
    }

    @Override
    public void testAssumptionFailure(Failure seen) {
      skipped = true;
    }

    @Override
    public void testIgnored(Description test) {
      System.out.println("SKIP " + nameOf(test));
    }

    @Override
    public void testFinished(Description test) {
      String outcome = failure != null ? "FAIL " : skipped ? "SKIP " : "PASS ";
      System.out.println(outcome + nameOf(test));
      if (failure != null)
        System.out.println(failure.getTrace());
      System.out.flush();
    }

    private static String nameOf(Description test) {
      return test.getClassName().replaceFirst("^com\\.rabbitmq\\.client\\.test\\.", "") + "."
          + test.getMethodName();
    }
  }
}
