#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace registry::match::stream {

/// What the stream says of one question.
struct Answer {
  bool compiles = false;
  bool matches = false;
  std::string error;                    // empty: none
  std::optional<std::size_t> position;  // of what does not compile, in code points of the pattern
  std::optional<std::size_t> line;      // of what is no question, from 1
  /// Named groups in the order of their numbers; nullopt for one that took no part.
  std::vector<std::pair<std::string, std::optional<std::u32string>>> groups;
};

/// Appends a line of JSON, which is ASCII whatever is in it: no reader's idea of an encoding can
/// change it. Unpaired surrogates are escaped as they are.
void append_answer(const Answer& answer, std::string& out);

/// `text` in quotation marks, in the same way.
void append_ascii_string(std::u32string_view text, std::string& out);

}  // namespace registry::match::stream
