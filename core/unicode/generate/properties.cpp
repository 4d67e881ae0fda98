#include "core/unicode/generate/properties.h"

#include <algorithm>
#include <initializer_list>

#include "core/unicode/generate/data_file.h"
#include "core/unicode/properties.h"

namespace core::unicode::generate {
namespace {

CodePointSet set_of(std::initializer_list<CodePointRange> ranges) {
  return CodePointSet(std::span{ranges.begin(), ranges.size()});
}

/// Computes the properties that the database does not have as such.
class Derivation {
 public:
  explicit Derivation(const Database& database) : data_(database) {}

  [[nodiscard]] CodePointSet of(Property property) const {
    switch (property) {
      case Property::alphabetic:
        return data_.alphabetic;
      case Property::ideographic:
        return data_.ideographic;
      case Property::letter:
        return data_.groups("L");
      case Property::lowercase:
        return data_.lowercase;
      case Property::uppercase:
        return data_.uppercase;
      case Property::titlecase:
        return data_.category("Lt");
      case Property::white_space:
        return data_.white_space;
      case Property::control:
        return data_.category("Cc");
      case Property::punctuation:
        return data_.groups("P");
      case Property::hex_digit:
        return hex_digit();
      case Property::assigned:
        return data_.assigned;
      case Property::noncharacter_code_point:
        return data_.noncharacter;
      case Property::digit:
        return data_.category("Nd");
      case Property::join_control:
        return data_.join_control;
      case Property::alnum:
        return data_.alphabetic.unite(data_.category("Nd"));
      case Property::blank:
        return data_.category("Zs").unite(CodePointSet::of(U'\t'));
      case Property::graph:
        return graph();
      case Property::print:
        return graph().unite(of(Property::blank)).subtract(data_.category("Cc"));
      case Property::word:
        return word();
      case Property::letter_or_digit:
        return data_.groups("L").unite(data_.category("Nd"));
      case Property::java_identifier_start:
        return java_identifier_start();
      case Property::java_identifier_part:
        return java_identifier_start().unite(continuing()).unite(ignorable());
      case Property::unicode_identifier_start:
        return unicode_identifier_start();
      case Property::unicode_identifier_part:
        return unicode_identifier_part();
      case Property::identifier_ignorable:
        return ignorable();
      case Property::space_char:
        return data_.groups("Z");
      case Property::java_whitespace:
        return java_whitespace();
      case Property::mirrored:
        return data_.mirrored;
    }
    return {};
  }

 private:
  [[nodiscard]] CodePointSet hex_digit() const {
    return data_.category("Nd").unite(
        set_of({{U'A', U'F'}, {U'a', U'f'}, {0xFF10, 0xFF19}, {0xFF21, 0xFF26}, {0xFF41, 0xFF46}}));
  }
  [[nodiscard]] CodePointSet graph() const {
    return data_.assigned.subtract(data_.groups("Z"))
        .subtract(data_.category("Cc"))
        .subtract(data_.category("Cs"));
  }
  [[nodiscard]] CodePointSet word() const {
    return data_.alphabetic.unite(data_.groups("M"))
        .unite(data_.category("Nd"))
        .unite(data_.category("Pc"))
        .unite(data_.join_control);
  }
  [[nodiscard]] CodePointSet ignorable() const {
    return data_.category("Cf").unite(set_of({{0, 8}, {0xE, 0x1B}, {0x7F, 0x9F}}));
  }
  /// What an identifier may have behind its start.
  [[nodiscard]] CodePointSet continuing() const {
    return data_.category("Nd").unite(data_.category("Mc")).unite(data_.category("Mn"));
  }
  [[nodiscard]] CodePointSet java_identifier_start() const {
    return data_.groups("L")
        .unite(data_.category("Nl"))
        .unite(data_.category("Sc"))
        .unite(data_.category("Pc"));
  }
  [[nodiscard]] CodePointSet unicode_identifier_start() const {
    return data_.groups("L").unite(data_.category("Nl")).unite(data_.other_id_start);
  }
  [[nodiscard]] CodePointSet unicode_identifier_part() const {
    return unicode_identifier_start()
        .unite(continuing())
        .unite(data_.category("Pc"))
        .unite(ignorable())
        .unite(data_.other_id_continue);
  }
  /// Blanks where a line may be broken, and the separators among the controls.
  [[nodiscard]] CodePointSet java_whitespace() const {
    return data_.groups("Z")
        .subtract(set_of({{0xA0, 0xA0}, {0x2007, 0x2007}, {0x202F, 0x202F}}))
        .unite(set_of({{0x9, 0xD}, {0x1C, 0x1F}}));
  }

  const Database& data_;
};

/// Java's name of the constant for a block.
std::string constant_of(const std::string& block) {
  if (block == "Greek and Coptic") return "GREEK";
  if (block == "Cyrillic Supplement") return "CYRILLIC_SUPPLEMENTARY";
  if (block == "Combining Diacritical Marks for Symbols") return "COMBINING_MARKS_FOR_SYMBOLS";
  std::string constant = upper(block);
  std::ranges::replace(constant, ' ', '_');
  std::ranges::replace(constant, '-', '_');
  return constant;
}

std::string without_blanks(std::string text) {
  std::erase(text, ' ');
  return text;
}

std::string with_blanks(std::string constant) {
  std::ranges::replace(constant, '_', ' ');
  return constant;
}

}  // namespace

std::vector<CodePointSet> property_sets(const Database& database) {
  std::vector<CodePointSet> sets;
  for (int property = 0; property <= static_cast<int>(Property::mirrored); ++property) {
    sets.push_back(Derivation(database).of(static_cast<Property>(property)));
  }
  return sets;
}

std::map<std::string, CodePointSet> category_sets(const Database& database) {
  std::map<std::string, CodePointSet> sets = database.categories;
  for (const char* group : {"L", "M", "N", "Z", "C", "P", "S"})
    sets[group] = database.groups(group);
  sets["LC"] =
      database.category("Lu").unite(database.category("Ll")).unite(database.category("Lt"));
  sets["LD"] = database.groups("L").unite(database.category("Nd"));
  return sets;
}

std::map<std::string, CodePointSet> block_sets(const Database& database) {
  std::map<std::string, CodePointSet> sets;
  for (const auto& [name, set] : database.blocks) {
    const std::string constant = constant_of(name);
    sets[constant] = set;
    sets[upper(name)] = set;
    sets[without_blanks(upper(name))] = set;
    const bool differs =
        constant == "CYRILLIC_SUPPLEMENTARY" || constant == "COMBINING_MARKS_FOR_SYMBOLS";
    if (differs) {
      sets[with_blanks(constant)] = set;
      sets[without_blanks(with_blanks(constant))] = set;
    }
  }
  sets["SURROGATES_AREA"] = {};  // once all surrogates, now a name for nothing
  return sets;
}

std::map<std::string, CodePointSet> unnamed_sets(const Database& database) {
  std::vector<CodePointRange> named;
  for (const auto& [code_point, name] : database.names) named.push_back({code_point, code_point});
  const CodePointSet unnamed = database.assigned.subtract(CodePointSet(named));
  std::map<std::string, CodePointSet> sets;
  for (const auto& [name, set] : database.blocks) {
    const CodePointSet rest = set.intersect(unnamed);
    if (!rest.empty()) sets[with_blanks(constant_of(name))] = rest;
  }
  return sets;
}

std::map<std::string, CodePointSet> script_sets(const Database& database) {
  std::map<std::string, CodePointSet> sets = database.scripts;
  for (const auto& [code, name] : database.script_codes) sets[code] = database.scripts.at(name);
  return sets;
}

}  // namespace core::unicode::generate
