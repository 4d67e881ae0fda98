#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "registry/localization/zip.h"

/// The texts of one locale: lines `key=value`, each ended by a line feed, sorted by key, no key
/// twice. Kept as one text, because that is how they come, how they are stored, and small in
/// memory; a look-up is a binary search over its lines.
namespace registry::localization {

inline constexpr std::size_t kTextMax = 2000;     // characters of a key, and of a value (spec 3.6)
inline constexpr std::size_t kTextsMax = 50'000;  // of one locale; lines, in a file

/// Reads a file of a bundle: UTF-8, lines `key=value` in any order. Blanks around key and value are
/// dropped; empty lines and lines that begin with `#` are read over; of two lines with one key the
/// later one counts. Refused, by the number of the line: no `=`, an empty key, a key or value that
/// is too long or has control characters; and more than kTextsMax texts.
[[nodiscard]] core::Result<std::string, BundleError> read_texts(std::string_view file);

/// Both, where `more` has the last word about a key.
[[nodiscard]] std::string merge_texts(std::string_view texts, std::string_view more);

/// The value of that key; nullopt when there is none. Valid as long as `texts`.
[[nodiscard]] std::optional<std::string_view> find_text(std::string_view texts,
                                                        std::string_view key);

[[nodiscard]] std::size_t count_texts(std::string_view texts);

}  // namespace registry::localization
