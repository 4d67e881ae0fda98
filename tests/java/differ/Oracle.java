package differ;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** java.util.regex itself. Belongs to one thread, which should have a large stack. */
final class Oracle {
  private static final Method NAMED_GROUPS = namedGroups();

  // Stopping a thread may break more than a match, such as a class that is being initialised.
  private static final long WATCHDOG_LATER_MILLIS = 600;

  private final Watchdog watchdog = new Watchdog();
  private String compiledText;
  private Pattern compiled; // null when refused
  private String refusal;
  private List<String> names = List.of(); // in the order of their numbers
  private Matcher last; // of the last match
  private String lastInput;

  /** Java's answer; GAVE_UP with "slow" after {@code millis}, with "stack" when the stack was. */
  Answer ask(Pair pair, long millis) {
    try {
      return answer(pair, millis);
    } catch (ThreadDeath e) { // between two of its handlers
      watchdog.arrived();
      return Answer.gaveUp("slow");
    }
  }

  private Answer answer(Pair pair, long millis) {
    try {
      compile(pair.pattern());
    } catch (StackOverflowError e) {
      compiledText = null;
      return Answer.gaveUp("stack");
    }
    if (compiled == null) {
      return Answer.refused(refusal);
    }
    try {
      Matcher matcher = compiled.matcher(new DeadlineText(pair.input(), millis * 1_000_000));
      return matches(matcher, millis) ? yes(matcher, pair.input()) : Answer.no();
    } catch (DeadlineText.TimeIsUp e) {
      return Answer.gaveUp("slow");
    } catch (StackOverflowError e) {
      return Answer.gaveUp("stack");
    } catch (RuntimeException e) { // a bug of the JDK; it says nothing of the language
      return Answer.gaveUp("failed: " + e);
    }
  }

  private boolean matches(Matcher matcher, long millis) {
    boolean matches;
    try {
      watchdog.watch(millis + WATCHDOG_LATER_MILLIS);
      matches = matcher.matches();
    } catch (ThreadDeath e) {
      watchdog.arrived();
      throw new DeadlineText.TimeIsUp();
    } catch (RuntimeException | StackOverflowError e) {
      watchdog.done();
      throw e;
    }
    watchdog.done();
    return matches;
  }

  /** The groups of a pattern, a name or "" for each; null when Java refuses the pattern. */
  List<String> groups(String pattern) {
    compile(pattern);
    if (compiled == null) {
      return null;
    }
    List<String> all = new ArrayList<>();
    for (int i = compiled.matcher("").groupCount(); i > 0; --i) {
      all.add("");
    }
    numbers(compiled).forEach((name, number) -> all.set(number - 1, name));
    return all;
  }

  /** What all groups held after the last YES, by number; null for one that took no part. */
  List<String> lastGroups() {
    List<String> all = new ArrayList<>();
    for (int i = 1; i <= last.groupCount(); ++i) {
      all.add(last.start(i) < 0 ? null : lastInput.substring(last.start(i), last.end(i)));
    }
    return all;
  }

  private void compile(String text) {
    if (text.equals(compiledText)) {
      return;
    }
    compiledText = null;
    compiled = null;
    names = List.of();
    try {
      compiled = Pattern.compile(text);
      names = namesOf(compiled);
    } catch (PatternSyntaxException e) {
      refusal = e.getDescription() + " at " + e.getIndex();
    } catch (RuntimeException | OutOfMemoryError e) {
      refusal = e.toString();
    }
    compiledText = text;
  }

  private Answer yes(Matcher matcher, String input) {
    last = matcher;
    lastInput = input;
    Map<String, String> groups = new LinkedHashMap<>();
    for (String name : names) {
      int start = matcher.start(name);
      groups.put(name, start < 0 ? null : input.substring(start, matcher.end(name)));
    }
    return new Answer(Answer.Verdict.YES, null, groups);
  }

  private static List<String> namesOf(Pattern pattern) {
    Map<String, Integer> numbers = numbers(pattern);
    if (numbers.isEmpty()) {
      return List.of();
    }
    List<Map.Entry<String, Integer>> entries = new ArrayList<>(numbers.entrySet());
    entries.sort(Map.Entry.comparingByValue());
    return entries.stream().map(Map.Entry::getKey).toList();
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Integer> numbers(Pattern pattern) {
    try {
      return (Map<String, Integer>) NAMED_GROUPS.invoke(pattern);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Public only from Java 20 on, so it takes --add-opens java.base/java.util.regex=ALL-UNNAMED. */
  private static Method namedGroups() {
    try {
      Method method = Pattern.class.getDeclaredMethod("namedGroups");
      method.setAccessible(true);
      return method;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
