#pragma once

#include <filesystem>

#include "core/unicode/generate/database.h"

namespace core::unicode::generate {

/// Writes the file with all tables but those of the names.
void write_tables(const Database& database, const std::filesystem::path& path);

/// Writes the file with the names, laid out as core/unicode/name_table.h says.
void write_names(const Database& database, const std::filesystem::path& path);

}  // namespace core::unicode::generate
