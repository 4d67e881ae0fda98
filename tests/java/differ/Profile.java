package differ;

import java.util.List;

/** What a pattern is mostly made of, so that each construct also meets its like. */
enum Profile {
  EVERYTHING,
  LOOPS,
  CLASSES,
  LOOKS,
  FLAGS,
  REFERENCES,
  ESCAPES,
  PLACES,
  UNICODE,
  REGULAR;

  enum Atom {
    CHARACTER,
    DOT,
    CLASS,
    SHORTHAND,
    PLACE,
    CAPTURE,
    PLAIN_GROUP,
    ATOMIC,
    LOOK_AHEAD,
    LOOK_BEHIND,
    FLAGS,
    FLAG_GROUP,
    REFERENCE,
    QUOTE,
    ESCAPE,
    PROPERTY,
    LINE_BREAK,
    CLUSTER,
    SURROGATES
  }

  static final List<Profile> ALL = List.of(values());

  // In the order of Atom.
  private static final int[] BASE = {30, 6, 8, 5, 5, 10, 5, 3, 4, 4, 3, 3, 4, 2, 4, 3, 1, 1, 1};

  private int[] weights;

  static {
    for (Profile profile : ALL) {
      profile.weights = BASE.clone();
    }
    LOOPS.more(Atom.CAPTURE, 30, Atom.PLAIN_GROUP, 12, Atom.ATOMIC, 6, Atom.DOT, 6);
    CLASSES.more(Atom.CLASS, 60, Atom.FLAGS, 6, Atom.PROPERTY, 4);
    LOOKS.more(Atom.LOOK_AHEAD, 16, Atom.LOOK_BEHIND, 24, Atom.PLACE, 6, Atom.CAPTURE, 8);
    FLAGS.more(Atom.FLAGS, 16, Atom.FLAG_GROUP, 16, Atom.SHORTHAND, 10, Atom.CLASS, 8);
    REFERENCES.more(Atom.REFERENCE, 30, Atom.CAPTURE, 30);
    ESCAPES.more(Atom.ESCAPE, 40, Atom.QUOTE, 16, Atom.SURROGATES, 8, Atom.CLASS, 8);
    PLACES.more(Atom.PLACE, 50, Atom.FLAGS, 14, Atom.LINE_BREAK, 10, Atom.DOT, 16);
    UNICODE.more(Atom.PROPERTY, 30, Atom.CLUSTER, 14, Atom.SURROGATES, 16, Atom.FLAGS, 10);
    for (Atom irregular : List.of(Atom.ATOMIC, Atom.LOOK_AHEAD, Atom.LOOK_BEHIND, Atom.REFERENCE)) {
      REGULAR.weights[irregular.ordinal()] = 0;
    }
  }

  Atom atom(Chance chance) {
    return Atom.values()[chance.weighted(weights)];
  }

  private void more(Object... atomsAndWeights) {
    for (int i = 0; i < atomsAndWeights.length; i += 2) {
      weights[((Atom) atomsAndWeights[i]).ordinal()] += (Integer) atomsAndWeights[i + 1];
    }
  }
}
