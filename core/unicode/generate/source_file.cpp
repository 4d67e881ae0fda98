#include "core/unicode/generate/source_file.h"

#include <stdexcept>

namespace core::unicode::generate {

SourceFile::SourceFile(const std::filesystem::path& path) : path_(path), output_(path) {
  output_ << "// Made by core/unicode/generate from the Unicode Character Database.\n\n"
             "#include \"core/unicode/tables.h\"\n\n"
             "namespace core::unicode::tables {\n";
}

void SourceFile::begin_array(const std::string& type, const std::string& name) {
  type_ = type;
  array_ = name;
  column_ = 0;
  output_ << "\nnamespace {\nconstexpr " << type << ' ' << name << "[] = {\n";
}

void SourceFile::element(const std::string& text) {
  constexpr std::size_t kColumnMax = 98;
  if (column_ + text.size() > kColumnMax) {
    output_ << '\n';
    column_ = 0;
  }
  output_ << text << ',';
  column_ += text.size() + 1;
}

void SourceFile::end_array(const std::string& function) {
  output_ << "\n};\n}  // namespace\n\nstd::span<const " << type_ << "> " << function
          << "() { return " << array_ << "; }\n";
}

void SourceFile::constant(const std::string& function, std::size_t value) {
  output_ << "\nstd::size_t " << function << "() { return " << value << "; }\n";
}

void SourceFile::finish() {
  output_ << "\n}  // namespace core::unicode::tables\n";
  output_.close();
  if (!output_) throw std::runtime_error("cannot write " + path_.string());
}

}  // namespace core::unicode::generate
