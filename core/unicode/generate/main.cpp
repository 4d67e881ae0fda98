#include <cstdio>
#include <exception>
#include <filesystem>

#include "core/unicode/generate/database.h"
#include "core/unicode/generate/tables.h"

/// usage: core_unicode_generate DATA_FOLDER OUTPUT_FOLDER
int main(int argc, char** argv) {
  if (argc != 3) {
    std::fputs("usage: core_unicode_generate DATA_FOLDER OUTPUT_FOLDER\n", stderr);
    return 2;
  }
  try {
    const std::filesystem::path output = argv[2];
    const auto database = core::unicode::generate::read_database(argv[1]);
    core::unicode::generate::write_tables(database, output / "tables.cpp");
    core::unicode::generate::write_names(database, output / "name_tables.cpp");
  } catch (const std::exception& error) {
    std::fprintf(stderr, "core_unicode_generate: %s\n", error.what());
    return 1;
  }
  return 0;
}
