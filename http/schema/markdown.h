#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "registry/resource/description.h"

/// Parts of Markdown documents.
namespace http::schema {

/// One line of a table. Bars within cells are escaped.
[[nodiscard]] std::string table_row(const std::vector<std::string>& cells);
/// The heading of a table, with the line under it.
[[nodiscard]] std::string table_head(const std::vector<std::string>& cells);
/// `text` as code; nothing for an empty text.
[[nodiscard]] std::string code(std::string_view text);
/// Who may, in words.
[[nodiscard]] std::string_view words_of(registry::resource::Access access);

}  // namespace http::schema
