#include "registry/match/syntax/quotation.h"

#include <cstddef>

#include "registry/match/syntax/ascii.h"

namespace registry::match::syntax {
namespace {

/// Copies the pattern, and keeps where each code point came from.
class Rewriter {
 public:
  explicit Rewriter(std::u32string_view pattern) : pattern_(pattern) {}

  PlainPattern run() {
    while (place_ < pattern_.size()) {
      if (pattern_[place_] != U'\\') {
        copy();
      } else if (follows(U'Q')) {
        place_ += 2;
        quotation();
      } else {
        copy();  // an escape is two code points, so that \\Q is no quotation
        if (place_ < pattern_.size()) copy();
      }
    }
    return std::move(plain_);
  }

 private:
  bool follows(char32_t c) const {
    return place_ + 1 < pattern_.size() && pattern_[place_ + 1] == c;
  }

  void write(char32_t c) {
    plain_.text.push_back(c);
    plain_.origin.push_back(static_cast<std::uint32_t>(place_));
  }

  void copy() {
    write(pattern_[place_]);
    ++place_;
  }

  void quotation() {
    for (bool begins = true; place_ < pattern_.size(); begins = false) {
      const char32_t c = pattern_[place_];
      if (c == U'\\' && follows(U'E')) {
        place_ += 2;
        return;
      }
      if (is_digit(c)) {
        if (begins) write(U'\\'), write(U'x'), write(U'3');
      } else if (is_ascii(c) && !is_letter(c)) {
        write(U'\\');
      }
      copy();
    }
  }

  std::u32string_view pattern_;
  std::size_t place_ = 0;
  PlainPattern plain_;
};

}  // namespace

PlainPattern without_quotations(std::u32string_view pattern) { return Rewriter{pattern}.run(); }

}  // namespace registry::match::syntax
