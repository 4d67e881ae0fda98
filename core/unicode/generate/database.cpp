#include "core/unicode/generate/database.h"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "core/unicode/generate/corrections.h"
#include "core/unicode/generate/data_file.h"

namespace core::unicode::generate {
namespace {

using Ranges = std::vector<CodePointRange>;
using Path = std::filesystem::path;

constexpr int kMajorVersion = 13;  // what Java 17 has

/// The code points that Unicode 13.0 or an earlier version gave a meaning.
CodePointSet read_age(const Path& folder) {
  DataFile file(folder, "DerivedAge.txt");
  Ranges ranges;
  bool complete = false;
  while (const auto line = file.next()) {
    const int major = std::stoi(line->fields.front());
    if (major <= kMajorVersion) ranges.push_back(line->range);
    complete = complete || major == kMajorVersion;
  }
  if (!complete) throw std::runtime_error("the data in " + folder.string() + " is older than 13.0");
  return CodePointSet(ranges);
}

/// The sets of a file that gives each code point one value.
std::map<std::string, CodePointSet> read_values(const Path& folder, const std::string& name) {
  DataFile file(folder, name);
  std::map<std::string, Ranges> ranges;
  while (const auto line = file.next()) ranges[line->fields.front()].push_back(line->range);
  std::map<std::string, CodePointSet> sets;
  for (const auto& [value, parts] : ranges) sets.emplace(value, CodePointSet(parts));
  return sets;
}

CodePointSet in_none(const std::map<std::string, CodePointSet>& sets) {
  Ranges ranges;
  for (const auto& [name, set] : sets) {
    ranges.insert(ranges.end(), set.ranges().begin(), set.ranges().end());
  }
  return CodePointSet(ranges).complement();
}

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

/// Reads UnicodeData.txt: categories, names, simple cases, what is mirrored.
class CharacterReader {
 public:
  CharacterReader(Database& database, const CodePointSet& age) : database_(database), age_(age) {}

  void read(const Path& folder) {
    DataFile file(folder, "UnicodeData.txt");
    while (auto line = file.next()) {
      if (line->fields.size() < 14) throw std::runtime_error("UnicodeData.txt has too few fields");
      if (ends_with(line->fields[kName], ", First>")) {
        const auto last = file.next();
        if (!last) throw std::runtime_error("UnicodeData.txt ends within a range");
        line->range.last = last->range.last;
      }
      add(*line);
    }
    for (const auto& [name, ranges] : categories_) {
      database_.categories[name] = CodePointSet(ranges).intersect(age_);
    }
    database_.mirrored = CodePointSet(mirrored_).intersect(age_);
  }

 private:
  // Fields of UnicodeData.txt (UAX #44, table 9), counted behind the code point.
  static constexpr std::size_t kName = 0;
  static constexpr std::size_t kCategory = 1;
  static constexpr std::size_t kMirrored = 8;
  static constexpr std::size_t kOldName = 9;
  static constexpr std::size_t kUpper = 11;
  static constexpr std::size_t kLower = 12;

  void add(const DataLine& line) {
    categories_[line.fields[kCategory]].push_back(line.range);
    if (line.fields[kMirrored] == "Y") mirrored_.push_back(line.range);
    const char32_t code_point = line.range.first;
    if (line.range.first != line.range.last || !age_.contains(code_point)) return;
    add_name(code_point, line.fields);
    add_case(code_point, line.fields[kUpper], line.fields[kLower]);
  }

  void add_name(char32_t code_point, const std::vector<std::string>& fields) {
    // Controls have no name any more; Java calls them by the one of Unicode 1.0.
    const auto& name = fields[kName] == "<control>" ? fields[kOldName] : fields[kName];
    if (!name.empty()) database_.names[code_point] = name;
  }

  void add_case(char32_t code_point, const std::string& upper, const std::string& lower) {
    if (upper.empty() && lower.empty()) return;
    const auto mapped = [&](const std::string& to) {
      return to.empty() || !age_.contains(parse_code_point(to)) ? code_point : parse_code_point(to);
    };
    const CaseMapping mapping{code_point, mapped(upper), mapped(lower)};
    if (mapping.upper == code_point && mapping.lower == code_point) return;
    database_.cases.push_back(mapping);
    if (code_point >= 0x80 && mapping.upper < 0x80) {
      database_.ascii_uppers[code_point] = static_cast<char>(mapping.upper);
    }
  }

  Database& database_;
  const CodePointSet& age_;
  std::map<std::string, Ranges> categories_;
  Ranges mirrored_;
};

/// Controls that have no name of Unicode 1.0 are called by the one that somebody once made up, and
/// one whose old name is another's now by its abbreviation: BEL, since BELL is at 1F514.
void read_aliases(const Path& folder, Database& database) {
  std::map<std::string, char32_t> owners;
  for (const auto& [code_point, name] : database.names) owners[name] = code_point;
  DataFile file(folder, "NameAliases.txt");
  while (const auto line = file.next()) {
    const char32_t code_point = line->range.first;
    const std::string& kind = line->fields.at(1);
    const auto named = database.names.find(code_point);
    const bool nameless = named == database.names.end();
    const bool lost = !nameless && owners.at(named->second) != code_point;
    if (kind == (nameless ? "figment" : "abbreviation") && (nameless || lost)) {
      database.names[code_point] = line->fields.front();
      owners[line->fields.front()] = code_point;
    }
  }
}

/// Code points whose upper case is several letters of ASCII.
void read_special_cases(const Path& folder, Database& database) {
  DataFile file(folder, "SpecialCasing.txt");
  while (const auto line = file.next()) {
    const bool conditional = line->fields.size() > 3 && !line->fields[3].empty();
    if (conditional) continue;
    std::string letters;
    const std::string& upper = line->fields.at(2);
    for (std::size_t at = 0; at < upper.size(); at = upper.find_first_not_of(' ', at)) {
      const auto end = std::min(upper.find(' ', at), upper.size());
      const char32_t letter = parse_code_point(upper.substr(at, end - at));
      letters.push_back(letter < 0x80 ? static_cast<char>(letter) : '\0');
      at = end;
    }
    if (letters.find('\0') == std::string::npos) {
      database.ascii_uppers[line->range.first] = letters;
    }
  }
}

void read_scripts(const Path& folder, const CodePointSet& age, Database& database) {
  for (const auto& [name, set] : read_values(folder, "Scripts.txt")) {
    const CodePointSet old = set.intersect(age);
    if (!old.empty()) database.scripts[upper(name)] = old;
  }
}

/// The four letters of each script that the database has.
void read_script_codes(const Path& folder, Database& database) {
  DataFile file(folder, "PropertyValueAliases.txt");
  while (const auto fields = file.next_fields()) {
    // `sc ; Latn ; Latin`
    if (fields->front() != "sc") continue;
    const std::string name = upper(fields->at(2));
    if (database.scripts.contains(name)) database.script_codes[upper(fields->at(1))] = name;
  }
}

void read_blocks(const Path& folder, const CodePointSet& age, Database& database) {
  for (const auto& [name, set] : read_values(folder, "Blocks.txt")) {
    if (!set.intersect(age).empty()) database.blocks[name] = set;
  }
}

}  // namespace

CodePointSet Database::groups(const std::string& letters) const {
  CodePointSet result;
  for (const auto& [name, set] : categories) {
    if (letters.find(name.front()) != std::string::npos) result = result.unite(set);
  }
  return result;
}

Database read_database(const Path& folder) {
  const CodePointSet age = read_age(folder);
  Database database;
  CharacterReader(database, age).read(folder);
  read_aliases(folder, database);
  read_special_cases(folder, database);
  read_scripts(folder, age, database);
  read_blocks(folder, age, database);
  const auto old_set = [&](const std::string& name, const std::string& value) {
    return read_set(folder, name, value).intersect(age);
  };
  database.alphabetic = old_set("DerivedCoreProperties.txt", "Alphabetic");
  database.lowercase = old_set("DerivedCoreProperties.txt", "Lowercase");
  database.uppercase = old_set("DerivedCoreProperties.txt", "Uppercase");
  database.ideographic = old_set("PropList.txt", "Ideographic");
  database.white_space = old_set("PropList.txt", "White_Space");
  database.join_control = old_set("PropList.txt", "Join_Control");
  database.noncharacter = old_set("PropList.txt", "Noncharacter_Code_Point");
  database.other_id_start = old_set("PropList.txt", "Other_ID_Start");
  database.other_id_continue = old_set("PropList.txt", "Other_ID_Continue");
  database.extended_pictographic =
      read_set(folder, "emoji/emoji-data.txt", "Extended_Pictographic");
  for (const auto& [name, set] : read_values(folder, "auxiliary/GraphemeBreakProperty.txt")) {
    database.grapheme_breaks[name] = set.intersect(age);
  }
  take_back_later_changes(database);
  database.categories["Cn"] = in_none(database.categories);
  database.assigned = database.categories["Cn"].complement();
  database.scripts["UNKNOWN"] = in_none(database.scripts);
  read_script_codes(folder, database);
  return database;
}

}  // namespace core::unicode::generate
