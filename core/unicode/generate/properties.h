#pragma once

#include <vector>

#include "core/unicode/generate/database.h"

namespace core::unicode::generate {

/// The set of each core::unicode::Property, in the order of that enumeration.
[[nodiscard]] std::vector<CodePointSet> property_sets(const Database& database);

/// The general categories by their names, and the groups of them that Java knows by one.
[[nodiscard]] std::map<std::string, CodePointSet> category_sets(const Database& database);

/// The blocks by every name that Character.UnicodeBlock.forName takes.
[[nodiscard]] std::map<std::string, CodePointSet> block_sets(const Database& database);

/// What has no name of its own, by the words that Java calls it by in front of the number.
[[nodiscard]] std::map<std::string, CodePointSet> unnamed_sets(const Database& database);

/// The scripts by name and by four letters.
[[nodiscard]] std::map<std::string, CodePointSet> script_sets(const Database& database);

}  // namespace core::unicode::generate
