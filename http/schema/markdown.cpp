#include "http/schema/markdown.h"

namespace http::schema {

std::string table_row(const std::vector<std::string>& cells) {
  std::string row = "|";
  for (const std::string& cell : cells) {
    row += ' ';
    for (const char c : cell) {
      if (c == '|') row += '\\';
      row += c;
    }
    row += cell.empty() ? "|" : " |";
  }
  return row + "\n";
}

std::string table_head(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (std::size_t i = 0; i < cells.size(); ++i) line += "---|";
  return table_row(cells) + line + "\n";
}

std::string code(std::string_view text) {
  return text.empty() ? std::string{} : "`" + std::string{text} + "`";
}

std::string_view words_of(registry::resource::Access access) {
  using registry::resource::Access;
  switch (access) {
    case Access::nobody:
      return "nobody";
    case Access::user:
      return "users";
    case Access::owner:
      return "its user, and administrators of the organization";
    case Access::organisation_administrator:
      return "administrators of the organization";
    case Access::system_administrator:
      return "system administrators";
  }
  return {};
}

}  // namespace http::schema
