#include "registry/match/syntax/quantifier.h"

#include "registry/match/syntax/ascii.h"

namespace registry::match::syntax {
namespace {

constexpr std::uint32_t kCountMax = 0x7FFFFFFF;  // and {n,} is as many in Java

/// What is behind a quantifier: ? makes it lazy, + possessive.
Greed read_greed(Cursor& cursor) {
  const char32_t c = cursor.peek();
  if (c == U'?') {
    cursor.next();
    return Greed::lazy;
  }
  if (c == U'+') {
    cursor.next();
    return Greed::possessive;
  }
  return Greed::greedy;
}

/// A number that begins with the digit `c`; the cursor is behind it. `c` is then what ended it.
std::uint32_t read_count(Cursor& cursor, char32_t& c) {
  std::uint64_t count = 0;
  for (; is_digit(c); c = cursor.read()) {
    count = count * 10 + digit_value(c);
    if (count > kCountMax) {
      cursor.fail("No repetition goes beyond 2147483647", cursor.place() - 1);
      return 0;
    }
  }
  return static_cast<std::uint32_t>(count);
}

/// {n}, {n,} or {n,m}. The cursor stands on the brace.
std::optional<Quantifier> read_braces(Cursor& cursor) {
  const std::size_t brace = cursor.place();
  if (!is_digit(cursor.at(brace + 1))) {
    cursor.fail("A { begins a repetition such as {2,5}; as a literal it is written \\{");
    return std::nullopt;
  }
  cursor.skip();
  char32_t c = cursor.read();
  Quantifier quantifier{.form = Quantifier::Form::counted};
  quantifier.min = read_count(cursor, c);
  quantifier.max = quantifier.min;
  if (c == U',') {
    c = cursor.read();
    if (c == U'}') {
      quantifier.form = Quantifier::Form::star;
      quantifier.max = kCountMax;
    } else {
      quantifier.max = read_count(cursor, c);
    }
  }
  if (c != U'}') {
    cursor.fail("This repetition has no } behind its numbers", brace);
  } else if (quantifier.max < quantifier.min) {
    cursor.fail("This repetition ends below its beginning", brace);
  }
  if (quantifier.min == 0 && quantifier.max == 1) quantifier.form = Quantifier::Form::question;
  if (quantifier.max == kCountMax) quantifier.max = kUnbounded;
  quantifier.greed = read_greed(cursor);
  return quantifier;
}

}  // namespace

std::optional<Quantifier> read_quantifier(Cursor& cursor) {
  Quantifier quantifier;
  switch (cursor.peek()) {
    case U'?':
      quantifier = {.form = Quantifier::Form::question, .min = 0, .max = 1};
      break;
    case U'*':
      break;
    case U'+':
      quantifier.min = 1;
      break;
    case U'{':
      return read_braces(cursor);
    default:
      return std::nullopt;
  }
  cursor.next();
  quantifier.greed = read_greed(cursor);
  return quantifier;
}

}  // namespace registry::match::syntax
