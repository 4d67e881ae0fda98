#include "http/operator/table.h"

#include <algorithm>
#include <cstdio>

namespace http::operators {
namespace {

constexpr std::string_view kEllipsis = "...";

/// `text` as one cell: without controls, which a terminal would obey, and not endless.
std::string as_cell(std::string_view text) {
  std::string cell{text.substr(0, TextTable::kCellMax)};
  if (text.size() > cell.size())
    cell.replace(cell.size() - kEllipsis.size(), kEllipsis.size(), kEllipsis);
  for (char& c : cell) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = '?';
  }
  return cell.empty() ? "-" : cell;
}

void append_padded(std::string& out, std::string_view text, std::size_t width, bool right) {
  const std::size_t padding = width - std::min(width, text.size());
  if (right) out.append(padding, ' ');
  out.append(text);
  if (!right) out.append(padding, ' ');
}

void end_line(std::string& out) {
  out.erase(out.find_last_not_of(' ') + 1);
  out.push_back('\n');
}

}  // namespace

void TextTable::cell(std::string_view column, double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.3f", value);
  add(column, text, true);
}

void TextTable::add(std::string_view column, std::string_view text, bool number) {
  std::vector<std::string>& row = rows_.back();
  if (rows_.size() == 1) columns_.push_back({std::string{column}, column.size(), number});
  row.push_back(as_cell(text));
  Column& own = columns_[row.size() - 1];
  own.width = std::max(own.width, row.back().size());
}

std::string TextTable::text() const {
  std::string out;
  for (const Column& column : columns_) {
    append_padded(out, column.name, column.width, column.number);
    out.append("  ");
  }
  if (!columns_.empty()) end_line(out);
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      append_padded(out, row[i], columns_[i].width, columns_[i].number);
      out.append("  ");
    }
    end_line(out);
  }
  out.append(std::to_string(rows_.size())).append(rows_.size() == 1 ? " row\n" : " rows\n");
  return out;
}

}  // namespace http::operators
