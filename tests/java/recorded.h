#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace java {

/// A line of recorded answers (the head of recorded/pairs.txt says what its kinds and fields are).
struct RecordedLine {
  std::size_t number = 0;  // from 1
  char kind = '#';
  std::vector<std::optional<std::u32string>> fields;  // nullopt: a group that took no part
};

/// The lines of `file` in their order, without comments; throws std::runtime_error when it cannot
/// be read or a line is none.
[[nodiscard]] std::vector<RecordedLine> read_recorded(const std::filesystem::path& file);

/// A field's text as it stands in the file.
[[nodiscard]] std::string shown(std::u32string_view text);

}  // namespace java
