#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/unicode/case.h"
#include "core/unicode/code_point_set.h"

namespace core::unicode::generate {

/// The Unicode Character Database, cut back to what Unicode 13.0 had: later code points are
/// unassigned, and corrections.h takes back what later versions changed of older ones.
struct Database {
  CodePointSet assigned;                            // with private use and surrogates
  std::map<std::string, CodePointSet> categories;   // by the two letters, Cn too
  std::map<std::string, CodePointSet> scripts;      // by the long name in capitals, UNKNOWN too
  std::map<std::string, std::string> script_codes;  // four letters in capitals to the long name
  std::map<std::string, CodePointSet> blocks;       // by the name as Blocks.txt has it
  std::map<char32_t, std::string> names;            // what has a name of its own
  std::vector<CaseMapping> cases;                   // ascending
  std::map<char32_t, std::string> ascii_uppers;     // beyond ASCII, with capitals in ASCII

  CodePointSet mirrored;
  CodePointSet alphabetic;
  CodePointSet lowercase;
  CodePointSet uppercase;
  CodePointSet ideographic;
  CodePointSet white_space;
  CodePointSet join_control;
  CodePointSet noncharacter;
  CodePointSet other_id_start;
  CodePointSet other_id_continue;
  CodePointSet extended_pictographic;
  std::map<std::string, CodePointSet> grapheme_breaks;  // by the name of the value

  /// The union of the categories whose first letter is in `letters`, as in \p{L}.
  [[nodiscard]] CodePointSet groups(const std::string& letters) const;
  [[nodiscard]] CodePointSet category(const std::string& name) const { return categories.at(name); }
};

/// Reads the files in `folder`. Throws std::runtime_error with a sentence.
[[nodiscard]] Database read_database(const std::filesystem::path& folder);

}  // namespace core::unicode::generate
