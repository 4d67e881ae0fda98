#pragma once

#include <span>
#include <string_view>

/// What the OpenAPI document of /cloudapi says, as a table.
namespace http::schema {

/// A property of an object, which is always there. `type` is one of JSON's, the name of another schema, or one of them
/// with [] behind for an array.
struct Property {
  std::string_view name;
  std::string_view type;
  std::string_view words;
  bool nullable = false;
};
struct Object {
  std::string_view name;
  std::span<const Property> properties;
};

struct Parameter {
  std::string_view name;
  std::string_view in;    // "path" or "query"
  std::string_view type;  // one of JSON's
  std::string_view words;
};
struct Operation {
  std::string_view method;  // in small letters, as the document has it
  std::string_view path;
  std::string_view summary;
  std::string_view security;  // "basic", "token"; empty: none
  std::string_view success;   // the status
  std::string_view gives;     // the schema of the answer, or "object"; empty: no body
  std::span<const Parameter> parameters = {};
  std::span<const std::string_view> refusals = {};  // statuses besides 401 and 406
};

[[nodiscard]] std::span<const Object> openapi_objects();
/// Those of one path stand together.
[[nodiscard]] std::span<const Operation> openapi_operations();

}  // namespace http::schema
