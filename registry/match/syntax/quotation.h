#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace registry::match::syntax {

/// A pattern without \Q…\E: what was quoted is escaped one by one. `origin[i]` is the place of
/// text[i] in the pattern as it was written.
struct PlainPattern {
  std::u32string text;
  std::vector<std::uint32_t> origin;
};

/// Takes the quotations out. Java does so before it reads anything else, and so quotations work
/// everywhere: in classes, in names, in a comment, in the flags of a group. What is quoted becomes
/// \c for each c, except that
///
///   ASCII letters and all beyond ASCII  stay as they are: they have no other meaning alone
///   digits                              stay too, but a digit that begins a quotation is written
///                                       \x3d, for it must not prolong what is before it
///
/// A quotation without \E goes on to the end; \E without \Q is left for the parser to refuse.
[[nodiscard]] PlainPattern without_quotations(std::u32string_view pattern);

}  // namespace registry::match::syntax
