#pragma once

#include <string>
#include <string_view>
#include <vector>

/// The XML Schemas of every document under /api, made from the descriptions of the kinds
/// (registry/kinds) and from plain_types.h.
namespace http::schema {

struct SchemaFile {
  std::string name;  // "vcloud.xsd"
  std::string text;
};

/// All of them; master.xsd imports the others. Made once.
[[nodiscard]] const std::vector<SchemaFile>& schema_files();

/// Null when there is none of that name.
[[nodiscard]] const SchemaFile* schema_file(std::string_view name);

}  // namespace http::schema
