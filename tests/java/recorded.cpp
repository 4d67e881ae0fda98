#include "tests/java/recorded.h"

#include <charconv>
#include <cstdint>
#include <fstream>
#include <stdexcept>

namespace java {
namespace {

[[noreturn]] void fail(const std::filesystem::path& file, std::size_t line) {
  throw std::runtime_error{file.string() + ":" + std::to_string(line) + " is no recorded answer"};
}

/// A field with its backtick escapes resolved; nullopt for the mark of a group without a part.
std::optional<std::u32string> field(std::string_view text) {
  if (text == "`-;") return std::nullopt;
  std::u32string out;
  while (!text.empty()) {
    if (text.front() != '`') {
      out += static_cast<unsigned char>(text.front());
      text.remove_prefix(1);
      continue;
    }
    std::uint32_t code_point = 0;
    const std::size_t end = text.find(';');
    if (end == std::string_view::npos) throw std::runtime_error{"an escape without an end"};
    std::from_chars(text.data() + 1, text.data() + end, code_point, 16);
    out += code_point;
    text.remove_prefix(end + 1);
  }
  return out;
}

}  // namespace

std::vector<RecordedLine> read_recorded(const std::filesystem::path& file) {
  std::ifstream in{file};
  if (!in) throw std::runtime_error{file.string() + " cannot be read"};
  std::vector<RecordedLine> lines;
  std::size_t number = 0;
  for (std::string text; std::getline(in, text);) {
    ++number;
    if (text.starts_with("# ")) continue;
    if (text.size() < 2 || text[1] != '\t') fail(file, number);
    RecordedLine line{.number = number, .kind = text[0], .fields = {}};
    std::size_t start = 2;
    while (start <= text.size()) {
      const std::size_t tab = std::min(text.find('\t', start), text.size());
      line.fields.push_back(field(std::string_view{text}.substr(start, tab - start)));
      start = tab + 1;
    }
    lines.push_back(std::move(line));
  }
  return lines;
}

std::string shown(std::u32string_view text) {
  std::string out;
  for (const char32_t c : text) {
    if (c >= 0x20 && c < 0x7F && c != '`') {
      out += static_cast<char>(c);
      continue;
    }
    char digits[8];
    const auto end = std::to_chars(digits, digits + sizeof digits, std::uint32_t{c}, 16).ptr;
    out += '`';
    out.append(digits, end);
    out += ';';
  }
  return out;
}

}  // namespace java
