package differ;

/** What both sides are asked: whether the whole of {@code input} matches {@code pattern}. */
record Pair(String pattern, String input) {}
