#include "http/schema/openapi.h"

#include <algorithm>
#include <string_view>

#include "core/json/writer.h"
#include "core/memory/buffer.h"
#include "http/schema/openapi_operations.h"

namespace http::schema {
namespace {

using core::json::Writer;

void reference(Writer& writer, std::string_view schema) {
  writer.begin_object();
  writer.member("$ref", std::string_view{"#/components/schemas/" + std::string{schema}});
  writer.end_object();
}

bool is_json_type(std::string_view type) {
  return type == "string" || type == "integer" || type == "boolean" || type == "object";
}

void type(Writer& writer, std::string_view name) {
  if (is_json_type(name)) return writer.member("type", name);
  writer.key("allOf");
  writer.begin_array();
  reference(writer, name);
  writer.end_array();
}

void property(Writer& writer, const Property& each) {
  writer.key(each.name);
  writer.begin_object();
  writer.member("description", each.words);
  if (each.nullable) writer.member("nullable", true);
  if (each.type.ends_with("[]")) {
    writer.member("type", "array");
    writer.key("items");
    writer.begin_object();
    type(writer, each.type.substr(0, each.type.size() - 2));
    writer.end_object();
  } else {
    type(writer, each.type);
  }
  writer.end_object();
}

void components(Writer& writer) {
  writer.key("components");
  writer.begin_object();
  writer.key("schemas");
  writer.begin_object();
  for (const Object& object : openapi_objects()) {
    writer.key(object.name);
    writer.begin_object();
    writer.member("type", "object");
    writer.key("properties");
    writer.begin_object();
    for (const Property& each : object.properties) property(writer, each);
    writer.end_object();
    writer.key("required");
    writer.begin_array();
    for (const Property& each : object.properties) writer.string(each.name);
    writer.end_array();
    writer.end_object();
  }
  writer.end_object();
  writer.key("securitySchemes");
  writer.begin_object();
  for (const auto& [name, scheme] :
       {std::pair<std::string_view, std::string_view>{"basic", "basic"}, {"token", "bearer"}}) {
    writer.key(name);
    writer.begin_object();
    writer.member("type", "http");
    writer.member("scheme", scheme);
    writer.end_object();
  }
  writer.end_object();
  writer.end_object();
}

void answer(Writer& writer, std::string_view status, std::string_view words,
            std::string_view schema) {
  writer.key(status);
  writer.begin_object();
  writer.member("description", words);
  if (!schema.empty()) {
    writer.key("content");
    writer.begin_object();
    writer.key("application/json");
    writer.begin_object();
    writer.key("schema");
    if (is_json_type(schema)) {
      writer.begin_object();
      writer.member("type", schema);
      writer.end_object();
    } else {
      reference(writer, schema);
    }
    writer.end_object();
    writer.end_object();
  }
  writer.end_object();
}

std::string_view words_of_refusal(std::string_view status) {
  if (status == "400") return "A parameter cannot be read.";
  if (status == "403") return "The caller has too few rights.";
  return "There is no such thing, or it is another's.";
}

void parameters(Writer& writer, const Operation& operation) {
  if (operation.parameters.empty()) return;
  writer.key("parameters");
  writer.begin_array();
  for (const Parameter& each : operation.parameters) {
    writer.begin_object();
    writer.member("name", each.name);
    writer.member("in", each.in);
    writer.member("required", each.in == "path");
    writer.member("description", each.words);
    writer.key("schema");
    writer.begin_object();
    type(writer, each.type);
    writer.end_object();
    writer.end_object();
  }
  writer.end_array();
}

void describe(Writer& writer, const Operation& operation) {
  writer.key(operation.method);
  writer.begin_object();
  writer.member("summary", operation.summary);
  parameters(writer, operation);
  if (!operation.security.empty()) {
    writer.key("security");
    writer.begin_array();
    writer.begin_object();
    writer.key(operation.security);
    writer.begin_array();
    writer.end_array();
    writer.end_object();
    writer.end_array();
  }
  writer.key("responses");
  writer.begin_object();
  answer(writer, operation.success, "Done.", operation.gives);
  if (!operation.security.empty()) {
    answer(writer, "401", "Nobody has logged in, or not like that.", "Error");
  }
  for (const auto status : operation.refusals) {
    answer(writer, status, words_of_refusal(status), "Error");
  }
  answer(writer, "406", "Accept allows nothing that is served.", "Error");
  writer.end_object();
  writer.end_object();
}

std::string make() {
  core::Buffer out;
  Writer writer{out};
  writer.begin_object();
  writer.member("openapi", "3.0.3");
  writer.key("info");
  writer.begin_object();
  writer.member("title", "oriel, /cloudapi");
  writer.member("version", "1.0.0");
  writer.end_object();
  writer.key("paths");
  writer.begin_object();
  // The operations of a path stand together.
  const auto operations = openapi_operations();
  for (std::size_t i = 0; i < operations.size();) {
    const std::string_view path = operations[i].path;
    writer.key(path);
    writer.begin_object();
    for (; i < operations.size() && operations[i].path == path; ++i) {
      describe(writer, operations[i]);
    }
    writer.end_object();
  }
  writer.end_object();
  components(writer);
  writer.end_object();
  return std::string{out.text()};
}

}  // namespace

const std::string& openapi() {
  static const std::string kText = make();
  return kText;
}

bool openapi_describes(std::string_view method, std::string_view path) {
  const auto operations = openapi_operations();
  return std::any_of(operations.begin(), operations.end(), [&](const Operation& operation) {
    std::string pattern{operation.path};
    if (const auto place = pattern.find("{id}"); place != std::string::npos) {
      pattern.replace(place, 4, "{}");
    }
    std::string small{method};
    for (char& c : small) c = static_cast<char>(c | 0x20);
    return pattern == path && operation.method == small;
  });
}

}  // namespace http::schema
