#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "registry/match/syntax/flags.h"
#include "registry/match/syntax/flaw.h"
#include "registry/match/syntax/quotation.h"
#include "registry/match/syntax/tree.h"

namespace registry::match::syntax {

/// A place in a pattern whose quotations are gone, and the flags in force there.
///
/// Under the flag x, blanks and comments may stand between code points. Which reads skip them is
/// Java's, and some of its quirks come of it: `[a& b]` has no & then, and `\x4 1` is an A. So there
/// are two kinds of reads, and the parser chooses as Java does.
///
/// The cursor keeps the first failure. It then stands at the end, so that whoever goes on reading
/// finds nothing more; parse() asks once.
class Cursor {
 public:
  explicit Cursor(std::u32string_view pattern);

  Flags flags;

  // These skip blanks and comments first. Past the end there are zeros.
  char32_t peek();  ///< What comes next.
  char32_t next();  ///< Goes one further; what comes next then.
  char32_t read();  ///< What comes next, and goes past it.

  // These do not.
  [[nodiscard]] char32_t at(std::size_t place) const;
  [[nodiscard]] std::size_t place() const { return place_; }
  void go_to(std::size_t place);
  void back() { go_to(place_ - 1); }  ///< One back, onto a blank perhaps.
  void skip() { go_to(place_ + 1); }

  [[nodiscard]] bool at_end() const { return place_ >= plain_.text.size(); }
  [[nodiscard]] std::size_t size() const { return plain_.text.size(); }
  /// What is written from `first` to `last`, both places.
  [[nodiscard]] std::u32string_view text(std::size_t first, std::size_t last) const;

  /// Where in the pattern as written is what begins at `first` and ends where the last read ended.
  [[nodiscard]] Extent extent_from(std::size_t first) const;

  void fail(std::string reason) { fail(std::move(reason), place_); }
  void fail(std::string reason, std::size_t place);
  [[nodiscard]] const std::optional<Flaw>& flaw() const { return flaw_; }
  [[nodiscard]] bool failed() const { return flaw_.has_value(); }

 private:
  void skip_comments();
  bool ends_comment(char32_t c) const;
  std::uint32_t origin(std::size_t place) const;

  PlainPattern plain_;
  std::uint32_t written_length_;
  std::size_t place_ = 0;
  std::size_t read_end_ = 0;  // place_ without the blanks skipped since
  std::optional<Flaw> flaw_;
};

}  // namespace registry::match::syntax
