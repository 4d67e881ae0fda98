package differ;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Asks Java and the program under test the same and reports where they disagree; see README.md. */
final class Differ {
  private static final int BATCH_PATTERNS = 500;
  private static final int SHRUNK_A_BATCH_MAX = 12;
  private static final int CAUSES_MAX = 200;
  private static final long JAVA_MILLIS_FIRST = 25; // most answers take microseconds
  private static final int BATCHES_PER_PATIENCE = 100; // of Java where the program has answered
  private static final long PROGRESS_NANOS = 30_000_000_000L;

  private final Options options;
  private final Generator generator;
  private final Oracle oracle = new Oracle();
  private final Subject subject;
  private final Shrinker shrinker;
  private final Findings findings = new Findings();
  private final Tally tally = new Tally();
  private final long start = System.nanoTime();
  private long batches;
  private long gaveUp; // the program under test

  /** Pairs that were asked together, and what Java said. */
  private static final class Batch {
    final List<Generator.Case> cases = new ArrayList<>(); // one for each pair
    final List<Pair> pairs = new ArrayList<>();
    final List<Answer> java = new ArrayList<>();
    Subject.Question question;
  }

  Differ(Options options) throws IOException {
    this.options = options;
    generator = new Generator(options.seed());
    subject = new Subject(options.command());
    shrinker = new Shrinker(oracle, subject);
  }

  /** Whether there was no disagreement. */
  boolean run() throws IOException {
    System.out.println("seed " + options.seed());
    long said = start;
    Batch batch = begin();
    while (goOn()) {
      Batch next = make();
      finish(batch);
      batch = next;
      ask(batch);
      if (System.nanoTime() - said > PROGRESS_NANOS) {
        said = System.nanoTime();
        say();
      }
    }
    finish(batch);
    System.out.print(tally.byConstruct());
    say();
    findings.all().forEach(f -> System.out.println(Findings.line(f, options.seed())));
    if (options.findings() != null) {
      findings.write(Path.of(options.findings()), options.seed());
    }
    return findings.none();
  }

  /** The first batch: what somebody thought of, when that was asked for. */
  private Batch begin() throws IOException {
    Batch batch = new Batch();
    if (options.cases() != null) {
      HandPicked.read(Path.of(options.cases())).forEach(made -> add(batch, made));
    }
    ask(batch);
    return batch;
  }

  private boolean goOn() {
    return elapsedSeconds() < options.seconds()
        && tally.pairs() < options.pairs()
        && findings.all().size() < CAUSES_MAX;
  }

  private Batch make() {
    Batch batch = new Batch();
    for (int i = 0; i < BATCH_PATTERNS; ++i) {
      add(batch, generator.next());
    }
    return batch;
  }

  private void add(Batch batch, Generator.Case made) {
    tally.addPattern();
    for (String input : made.inputs()) {
      batch.cases.add(made);
      batch.pairs.add(new Pair(made.pattern(), input));
    }
  }

  /** Java answers while the program under test does. */
  private void ask(Batch batch) {
    batch.question = subject.begin(batch.pairs);
    for (Pair pair : batch.pairs) {
      batch.java.add(oracle.ask(pair, JAVA_MILLIS_FIRST));
    }
  }

  private void finish(Batch batch) throws IOException {
    List<Answer> ours;
    try {
      ours = batch.question.answers();
    } catch (IOException e) {
      System.out.println(e.getMessage());
      findings.addNotShrunk();
      ours = oneByOne(batch);
    }
    int shrunk = 0;
    boolean patient = batches++ % BATCHES_PER_PATIENCE == 0;
    for (int i = 0; i < ours.size(); ++i) {
      Answer java = batch.java.get(i);
      boolean limit = ours.get(i).verdict() == Answer.Verdict.GAVE_UP;
      if (limit) {
        ++gaveUp;
      }
      if ("slow".equals(java.error()) && (limit || patient)) {
        java = oracle.ask(batch.pairs.get(i), Comparison.JAVA_MILLIS_MAX);
        patient = false;
      }
      tally.add(batch.cases.get(i).constructs(), java);
      String kind = Comparison.judge(batch.pairs.get(i), java, ours.get(i));
      if (kind == null) {
        continue;
      }
      if (++shrunk > SHRUNK_A_BATCH_MAX) {
        findings.addNotShrunk();
      } else {
        shrink(batch.pairs.get(i), kind);
      }
    }
  }

  private void shrink(Pair pair, String kind) throws IOException {
    Pair minimal = shrinker.shrink(pair, kind);
    Answer java = oracle.ask(minimal, Comparison.JAVA_MILLIS_MAX);
    Answer ours = subject.ask(List.of(minimal)).get(0);
    Findings.Finding finding = new Findings.Finding(kind, minimal, pair, java, ours);
    if (findings.add(finding)) {
      System.out.println(Findings.line(finding, options.seed()));
    }
  }

  /** The program under test ended: which pair ends it? */
  private List<Answer> oneByOne(Batch batch) throws IOException {
    List<Answer> answers = new ArrayList<>();
    subject.restart();
    for (Pair pair : batch.pairs) {
      try {
        answers.addAll(subject.ask(List.of(pair)));
      } catch (IOException e) {
        System.out.println(
            "ENDS: " + Json.quoted(pair.pattern()) + " on " + Json.quoted(pair.input()));
        findings.addNotShrunk();
        subject.restart();
        answers.add(Answer.gaveUp("ended"));
      }
    }
    return answers;
  }

  private void say() {
    double seconds = elapsedSeconds();
    System.out.printf(
        "%.0f s, %,.0f pairs/s: %s; the program gave up on %,d; %d causes of disagreement, %d not"
            + " shrunk%n",
        seconds, tally.pairs() / Math.max(seconds, 0.001), tally.progress(), gaveUp,
        findings.all().size(), findings.notShrunk());
  }

  private double elapsedSeconds() {
    return (System.nanoTime() - start) / 1e9;
  }
}
