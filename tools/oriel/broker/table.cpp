#include "tools/oriel/broker/table.h"

#include <algorithm>

#include "core/json/value.h"

namespace oriel::broker {
namespace {

using core::json::Value;

/// Control characters would be obeyed by the terminal.
std::string plain(std::string_view text) {
  std::string cell{text};
  for (char& c : cell) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  }
  return cell;
}

std::string cell_of(const Value& value) {
  if (const auto text = value.string()) return plain(*text);
  if (const auto number = value.number()) return std::string{*number};
  if (const auto truth = value.boolean()) return *truth ? "yes" : "-";
  std::string list;
  for (const Value element : value.elements()) {
    if (!list.empty()) list += ',';
    list += cell_of(element);
  }
  return list;
}

}  // namespace

core::Result<std::string, std::string> table_of(std::string_view json,
                                                const std::vector<std::string_view>& columns) {
  const auto document = core::json::Document::parse(json);
  if (!document) return core::Unexpected{"the answer is no JSON: " + document.error().reason};
  std::vector<std::vector<std::string>> rows{{columns.begin(), columns.end()}};
  for (const Value object : document->root().elements()) {
    std::vector<std::string>& row = rows.emplace_back();
    for (const std::string_view column : columns) row.push_back(cell_of(object.find(column)));
  }
  std::vector<std::size_t> widths(columns.size(), 0);
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      text += row[i];
      text.append(widths[i] - row[i].size() + 2, ' ');
    }
    text.erase(text.find_last_not_of(' ') + 1);
    text += '\n';
  }
  return text;
}

}  // namespace oriel::broker
