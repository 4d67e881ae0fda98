#pragma once

#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "core/unicode/code_point_set.h"

namespace core::unicode::generate {

/// A line of a file of the Unicode Character Database: the code points, and what is said of them,
/// field by field without blanks around.
struct DataLine {
  CodePointRange range;
  std::vector<std::string> fields;
};

/// Reads `first[..last] ; field ; field # comment`, line by line (UAX #44, section 4.2). Throws
/// std::runtime_error with a sentence when the file is missing or a line is none.
class DataFile {
 public:
  DataFile(const std::filesystem::path& folder, const std::string& name);

  /// The next line that says something; nullopt at the end.
  [[nodiscard]] std::optional<DataLine> next();

  /// The same for a file whose lines do not begin with code points: all fields.
  [[nodiscard]] std::optional<std::vector<std::string>> next_fields();

 private:
  [[nodiscard]] std::optional<std::string> next_statement();
  [[noreturn]] void complain(const std::string& statement) const;
  [[nodiscard]] CodePointRange range_of(const std::string& field) const;
  [[nodiscard]] char32_t code_point_of(const std::string& digits) const;

  std::filesystem::path path_;
  std::ifstream input_;
  std::size_t line_number_ = 0;
};

/// The code points that the file has a line for whose field `field` is `value`.
[[nodiscard]] CodePointSet read_set(const std::filesystem::path& folder, const std::string& name,
                                    const std::string& value);

/// A code point in hexadecimal.
[[nodiscard]] char32_t parse_code_point(const std::string& digits);

[[nodiscard]] std::string upper(std::string text);  // ASCII

}  // namespace core::unicode::generate
