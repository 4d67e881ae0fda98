#include "core/unicode/generate/data_file.h"

#include <cstdint>
#include <stdexcept>

namespace core::unicode::generate {
namespace {

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::vector<std::string> split(const std::string& statement) {
  std::vector<std::string> fields;
  std::size_t first = 0;
  for (auto end = statement.find(';'); end != std::string::npos; end = statement.find(';', first)) {
    fields.push_back(trimmed(statement.substr(first, end - first)));
    first = end + 1;
  }
  fields.push_back(trimmed(statement.substr(first)));
  return fields;
}

}  // namespace

DataFile::DataFile(const std::filesystem::path& folder, const std::string& name)
    : path_(folder / name), input_(path_) {
  if (!input_) {
    throw std::runtime_error(
        "cannot read " + path_.string() +
        "; Debian's package unicode-data has it: apt-get install unicode-data");
  }
}

std::optional<DataLine> DataFile::next() {
  auto fields = next_fields();
  if (!fields) return std::nullopt;
  const CodePointRange range = range_of(fields->front());
  fields->erase(fields->begin());
  return DataLine{range, std::move(*fields)};
}

std::optional<std::vector<std::string>> DataFile::next_fields() {
  const auto statement = next_statement();
  if (!statement) return std::nullopt;
  auto fields = split(*statement);
  if (fields.size() < 2) complain(*statement);
  return fields;
}

std::optional<std::string> DataFile::next_statement() {
  for (std::string line; std::getline(input_, line);) {
    ++line_number_;
    auto statement = trimmed(line.substr(0, line.find('#')));
    if (!statement.empty()) return statement;
  }
  return std::nullopt;
}

void DataFile::complain(const std::string& statement) const {
  throw std::runtime_error(path_.string() + ", line " + std::to_string(line_number_) +
                           ": cannot make sense of \"" + statement + "\"");
}

CodePointRange DataFile::range_of(const std::string& field) const {
  const auto dots = field.find("..");
  const char32_t first = code_point_of(field.substr(0, dots));
  const char32_t last = dots == std::string::npos ? first : code_point_of(field.substr(dots + 2));
  if (last < first) complain(field);
  return {first, last};
}

char32_t DataFile::code_point_of(const std::string& digits) const {
  const bool plain = !digits.empty() && digits.size() <= 6 &&
                     digits.find_first_not_of("0123456789ABCDEF") == std::string::npos;
  if (!plain || parse_code_point(digits) > kCodePointMax) complain(digits);
  return parse_code_point(digits);
}

CodePointSet read_set(const std::filesystem::path& folder, const std::string& name,
                      const std::string& value) {
  DataFile file(folder, name);
  std::vector<CodePointRange> ranges;
  while (const auto line = file.next()) {
    if (line->fields.front() == value) ranges.push_back(line->range);
  }
  if (ranges.empty()) throw std::runtime_error((folder / name).string() + " has no " + value);
  return CodePointSet(ranges);
}

char32_t parse_code_point(const std::string& digits) {
  return static_cast<char32_t>(std::stoul(digits, nullptr, 16));
}

std::string upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

}  // namespace core::unicode::generate
