#include "registry/match/syntax/cursor.h"

#include <algorithm>
#include <utility>

#include "registry/match/syntax/ascii.h"

namespace registry::match::syntax {

Cursor::Cursor(std::u32string_view pattern)
    : plain_(without_quotations(pattern)),
      written_length_(static_cast<std::uint32_t>(pattern.size())) {}

char32_t Cursor::at(std::size_t place) const {
  return place < plain_.text.size() ? plain_.text[place] : U'\0';
}

char32_t Cursor::peek() {
  if (flags.comments) skip_comments();
  return at(place_);
}

char32_t Cursor::next() {
  skip();
  return peek();
}

char32_t Cursor::read() {
  const char32_t c = peek();
  skip();
  return c;
}

void Cursor::go_to(std::size_t place) {
  if (failed()) return;
  place_ = place;
  read_end_ = place;
}

std::u32string_view Cursor::text(std::size_t first, std::size_t last) const {
  return std::u32string_view{plain_.text}.substr(first, last - first);
}

bool Cursor::ends_comment(char32_t c) const {
  if (c == U'\n' || c == U'\0') return true;
  return !flags.unix_lines && (c == U'\r' || c == 0x85 || c == 0x2028 || c == 0x2029);
}

// A comment ends before its line terminator; those beyond ASCII and the zero are no blanks, so that
// they count as literals then.
void Cursor::skip_comments() {
  for (;;) {
    while (is_blank(at(place_))) ++place_;
    if (at(place_) != U'#') return;
    while (!at_end() && !ends_comment(at(place_))) ++place_;
  }
}

std::uint32_t Cursor::origin(std::size_t place) const {
  return place < plain_.origin.size() ? plain_.origin[place] : written_length_;
}

Extent Cursor::extent_from(std::size_t first) const {
  const std::size_t last = std::min(read_end_, plain_.text.size());
  const std::uint32_t begin = origin(first);
  return {begin, last > first ? origin(last - 1) + 1 : begin};
}

void Cursor::fail(std::string reason, std::size_t place) {
  if (failed()) return;
  flaw_ = Flaw{std::move(reason), origin(place)};
  place_ = plain_.text.size();
  read_end_ = place_;
}

}  // namespace registry::match::syntax
