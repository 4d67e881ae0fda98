#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "core/json/writer.h"
#include "core/memory/buffer.h"

namespace http::operators {

/// A text table under construction: columns as wide as their widest cell, numbers to the right.
class TextTable {
 public:
  /// Longer cells end in an ellipsis: one endless name must not make the page unreadable.
  static constexpr std::size_t kCellMax = 100;  // octets

  void begin_row() { rows_.emplace_back(); }
  void cell(std::string_view column, std::string_view text) { add(column, text, false); }
  void cell(std::string_view column, bool value) { add(column, value ? "yes" : "-", false); }
  void cell(std::string_view column, std::uint64_t value) {
    add(column, std::to_string(value), true);
  }
  void cell(std::string_view column, std::int64_t value) {
    add(column, std::to_string(value), true);
  }
  void cell(std::string_view column, double value);

  /// The table with its heading and a last line that counts the rows.
  [[nodiscard]] std::string text() const;

 private:
  struct Column {
    std::string name;
    std::size_t width = 0;
    bool number = false;
  };
  void add(std::string_view column, std::string_view text, bool number);

  std::vector<Column> columns_;  // filled by the first row
  std::vector<std::vector<std::string>> rows_;
};

/// Rows as an array of JSON objects.
template <typename Row>
void write_rows(core::json::Writer& out, const std::vector<Row>& rows) {
  out.begin_array();
  for (const Row& row : rows) {
    out.begin_object();
    Row::fields(row, [&](std::string_view name, const auto& value) {
      if constexpr (std::is_floating_point_v<std::remove_cvref_t<decltype(value)>>) {
        out.key(name);
        out.real(value);
      } else {
        out.member(name, value);
      }
    });
    out.end_object();
  }
  out.end_array();
}

template <typename Row>
[[nodiscard]] std::string text_table(const std::vector<Row>& rows) {
  TextTable table;
  for (const Row& row : rows) {
    table.begin_row();
    Row::fields(row, [&](std::string_view name, const auto& value) { table.cell(name, value); });
  }
  return table.text();
}

}  // namespace http::operators
