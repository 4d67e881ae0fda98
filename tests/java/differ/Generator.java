package differ;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** An endless supply of patterns with inputs; the same seed gives the same. */
final class Generator {
  private static final int INPUTS = 6; // for one pattern
  private static final int PATTERN_LENGTH_MAX = 300;

  record Case(String pattern, List<String> inputs, Set<String> constructs) {}

  private final Chance chance;

  Generator(long seed) {
    chance = new Chance(seed);
  }

  Case next() {
    Case made = make();
    while (made.pattern().length() > PATTERN_LENGTH_MAX) {
      made = make();
    }
    if (made.inputs().size() > 1 && !compiles(made.pattern())) {
      return new Case(made.pattern(), made.inputs().subList(0, 1), made.constructs());
    }
    return made;
  }

  private Case make() {
    Set<String> constructs = new TreeSet<>();
    int kind = chance.weighted(new int[] {68, 12, 10, 10});
    if (kind == 1) {
      String text = Soup.tokens(chance, constructs);
      return new Case(text, Inputs.ofText(text, INPUTS, chance), constructs);
    }
    Piece piece;
    if (kind == 2) {
      piece = Urls.pattern(chance);
      constructs.add("URL filter");
    } else {
      Grammar grammar = new Grammar(chance);
      piece = grammar.pattern();
      constructs = grammar.constructs();
    }
    List<String> inputs = Inputs.of(piece, INPUTS, chance);
    String text = piece.text();
    if (kind == 3) {
      text = Soup.wounded(text, chance, constructs);
    }
    return new Case(text, inputs, constructs);
  }

  private static boolean compiles(String text) {
    try {
      Pattern.compile(text);
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      return false;
    }
  }
}
