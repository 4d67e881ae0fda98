#pragma once

#include <cstdint>
#include <vector>

namespace registry::match::syntax {

/// How long a match may be, as Java works it out: in 32 bits that run over.
struct Length {
  std::int32_t min = 0;
  std::int32_t max = 0;
  bool bounded = true;     // false: Java finds no obvious maximum
  bool single_way = true;  // Java sees no choice in it, and does not try another way to match it
};

/// The steps by which Java works out the length of an expression. They are kept, not only their
/// sum, since some compare with the sum of all that is before them.
///
/// What comes out is a rule of the language: it decides which look-behinds are refused, how far
/// they look, and which repetitions keep what a round of theirs matched first.
class LengthSteps {
 public:
  void characters(std::int32_t count);
  void line_break();            ///< \R: one or two.
  void grapheme();              ///< \X: one, but nothing to the maximum.
  void reference();             ///< Of any length.
  void star(std::int32_t min);  ///< x*, x+, x{n,} over one code point of a set: as good as bounded.
  void any_rounds();            ///< A repeated group with a choice in it.
  void repeat(const LengthSteps& body, std::int32_t min, std::int32_t max);
  void maybe(LengthSteps body);  ///< x? of one code point, or possessive.
  void atomic(LengthSteps body);
  void branches(const std::vector<LengthSteps>& branches);
  void append(LengthSteps&& other);

  [[nodiscard]] Length length() const;

 private:
  enum class Kind : std::uint8_t {
    add,
    grapheme,
    endless,
    star,
    any_rounds,
    repeat,
    maybe,
    atomic,
    branches
  };

  struct Step {
    Kind kind = Kind::add;
    std::int32_t min = 0;
    std::int32_t max = 0;
    Length length;            // repeat: of its body; branches: of them all
    std::vector<Step> steps;  // maybe, atomic
  };

  static void run(const std::vector<Step>& steps, Length& length);
  static void run(const Step& step, Length& length);
  static void run_repeat(const Step& step, Length& length);

  std::vector<Step> steps_;
};

}  // namespace registry::match::syntax
