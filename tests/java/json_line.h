#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace java {

/// What the fuzzer asks.
struct Pair {
  std::u32string pattern;
  std::u32string input;
};

/// Reads {"pattern":"…","input":"…"} as the fuzzer writes it: in this order, ASCII, without blanks;
/// nullopt for anything else. Unpaired surrogates are taken, which core/json refuses.
[[nodiscard]] std::optional<Pair> read_pair(std::string_view line);

/// Appends `text` as a JSON string in ASCII.
void append_quoted(std::string& line, std::u32string_view text);

}  // namespace java
