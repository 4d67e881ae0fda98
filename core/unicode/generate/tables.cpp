#include "core/unicode/generate/tables.h"

#include <limits>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "core/unicode/generate/graphemes.h"
#include "core/unicode/generate/properties.h"
#include "core/unicode/generate/source_file.h"

namespace core::unicode::generate {
namespace {

using NamedSets = std::map<std::string, CodePointSet>;

std::string braces(std::initializer_list<std::size_t> numbers) {
  std::string text = "{";
  for (const std::size_t number : numbers) {
    if (text.size() > 1) text += ',';
    text += std::to_string(number);
  }
  return text + "}";
}

/// All ranges and all names, one after the other; what is there already is not added again.
class Pool {
 public:
  std::string slice(const CodePointSet& set) {
    std::string key;
    for (const CodePointRange& range : set.ranges()) key += braces({range.first, range.last});
    const auto [place, added] = slices_.try_emplace(key, ranges_.size());
    if (added) ranges_.insert(ranges_.end(), set.ranges().begin(), set.ranges().end());
    checked(ranges_.size());
    return braces({place->second, set.ranges().size()});
  }

  std::string named_slice(const std::string& name, const CodePointSet& set) {
    const auto place = names_.find(name) == std::string::npos ? names_.size() : names_.find(name);
    if (place == names_.size()) names_ += name;
    checked(names_.size());
    return "{" + std::to_string(place) + "," + std::to_string(name.size()) + "," + slice(set) + "}";
  }

  [[nodiscard]] const std::vector<CodePointRange>& ranges() const { return ranges_; }
  [[nodiscard]] const std::string& names() const { return names_; }

 private:
  static void checked(std::size_t size) {
    if (size > std::numeric_limits<std::uint16_t>::max()) {
      throw std::runtime_error("the tables have outgrown the 16 bits of a Slice");
    }
  }

  std::map<std::string, std::size_t> slices_;
  std::vector<CodePointRange> ranges_;
  std::string names_;
};

void write_named(SourceFile& file, Pool& pool, const std::string& array, const NamedSets& sets,
                 const std::string& function) {
  file.begin_array("NamedSlice", array);
  for (const auto& [name, set] : sets) file.element(pool.named_slice(name, set));
  file.end_array(function);
}

void write_pool(SourceFile& file, const Pool& pool) {
  file.begin_array("CodePointRange", "kRanges");
  for (const CodePointRange& range : pool.ranges()) file.element(braces({range.first, range.last}));
  file.end_array("all_ranges");
  file.begin_array("char", "kNames");
  for (const char c : pool.names()) file.element(std::to_string(static_cast<int>(c)));
  file.end_array("name_text");
}

void write_cases(SourceFile& file, const Database& database) {
  file.begin_array("CaseMapping", "kCases");
  for (const CaseMapping& mapping : database.cases) {
    file.element(braces({mapping.code_point, mapping.upper, mapping.lower}));
  }
  file.end_array("cases");
  file.begin_array("AsciiUpper", "kAsciiUppers");
  for (const auto& [code_point, letters] : database.ascii_uppers) {
    file.element("{" + std::to_string(code_point) + ",\"" + letters + "\"}");
  }
  file.end_array("ascii_uppers");
}

}  // namespace

void write_tables(const Database& database, const std::filesystem::path& path) {
  SourceFile file(path);
  Pool pool;
  file.begin_array("Slice", "kProperties");
  for (const CodePointSet& set : property_sets(database)) file.element(pool.slice(set));
  file.end_array("properties");
  write_named(file, pool, "kCategories", category_sets(database), "categories");
  write_named(file, pool, "kScripts", script_sets(database), "scripts");
  write_named(file, pool, "kBlocks", block_sets(database), "blocks");
  write_named(file, pool, "kUnnamedBlocks", unnamed_sets(database), "unnamed_blocks");
  write_pool(file, pool);
  write_cases(file, database);
  file.begin_array("std::uint32_t", "kGraphemeBreaks");
  for (const std::uint32_t entry : grapheme_breaks(database)) file.element(std::to_string(entry));
  file.end_array("grapheme_breaks");
  file.finish();
}

}  // namespace core::unicode::generate
