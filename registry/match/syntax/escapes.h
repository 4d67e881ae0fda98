#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "core/unicode/code_point_set.h"
#include "registry/match/syntax/cursor.h"
#include "registry/match/syntax/tree.h"

namespace registry::match::syntax {

/// \R, which the parser writes out.
struct LineBreak {};

/// \1 to \9: which groups there are so far decides whether more digits belong to it.
struct NumberedReference {
  std::uint32_t digit = 0;
};

/// \k<name>
struct NamedReference {
  std::string name;
  std::size_t place = 0;  // of the name
};

/// What a backslash and what follows it mean.
using Escape = std::variant<char32_t, core::unicode::CodePointSet, Anchor, GraphemeCluster,
                            LineBreak, NumberedReference, NamedReference>;

enum class EscapeContext : std::uint8_t {
  outside,  // of a class
  in_class,
  end_of_range,  // of a class: behind its -
};

/// Reads the escape at the cursor, which stands on the backslash. After a failure the escape is a
/// zero.
[[nodiscard]] Escape read_escape(Cursor& cursor, EscapeContext context);

/// Reads the name of a group and the > behind it; the cursor stands on its first letter.
[[nodiscard]] std::string read_group_name(Cursor& cursor);

}  // namespace registry::match::syntax
