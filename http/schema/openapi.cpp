#include "http/schema/openapi.h"

#include <algorithm>
#include <span>
#include <string_view>

#include "core/json/writer.h"
#include "core/memory/buffer.h"

namespace http::schema {
namespace {

using core::json::Writer;

/// A property of an object: `type` is one of JSON's, "Name" of another schema, or one of them with
/// [] behind for an array. It may be null when `nullable`.
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

constexpr Property kReference[]{{"name", "string", "Its name."}, {"id", "string", "Its URN."}};
constexpr Property kSession[]{
    {"id", "string", "The URN of the session."},
    {"site", "EntityReference", "The site; this server is one without a name.", true},
    {"user", "EntityReference", "Who has logged in."},
    {"org", "EntityReference", "His organization."},
    {"operatingOrg", "EntityReference", "The organization that he acts in."},
    {"location", "string", "What the server's URLs begin with."},
    {"roles", "string[]", "The names of his roles."},
    {"roleRefs", "EntityReference[]", "His roles."},
    {"sessionIdleTimeoutMinutes", "integer", "How long the session lives without a request."},
};
constexpr Property kError[]{
    {"minorErrorCode", "string", "What kind of trouble it is."},
    {"message", "string", "The reason, for a person."},
    {"stackTrace", "string", "Always null.", true},
};
constexpr Object kObjects[]{
    {"EntityReference", kReference}, {"Session", kSession}, {"Error", kError}};

struct Operation {
  std::string_view method;  // in small letters, as the document has it
  std::string_view path;
  std::string_view summary;
  std::string_view security;  // "basic", "token" or empty: none
  std::string_view success;   // the status
  std::string_view gives;     // the schema of the answer; empty: no body; "object": any
};
constexpr Operation kOperations[]{
    {"post", "/cloudapi/1.0.0/sessions", "Log in to an organization other than System", "basic",
     "200", "Session"},
    {"post", "/cloudapi/1.0.0/sessions/provider", "Log in to the organization System", "basic",
     "200", "Session"},
    {"get", "/cloudapi/1.0.0/sessions/{id}", "The caller's session", "token", "200", "Session"},
    {"delete", "/cloudapi/1.0.0/sessions/{id}", "Log out", "token", "204", ""},
    {"get", "/cloudapi/openapi.json", "This document", "", "200", "object"},
};

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
  for (const Object& object : kObjects) {
    writer.key(object.name);
    writer.begin_object();
    writer.member("type", "object");
    writer.key("properties");
    writer.begin_object();
    for (const Property& each : object.properties) property(writer, each);
    writer.end_object();
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

void parameters(Writer& writer, const Operation& operation) {
  if (operation.path.find("{id}") == std::string_view::npos) return;
  writer.key("parameters");
  writer.begin_array();
  writer.begin_object();
  writer.member("name", "id");
  writer.member("in", "path");
  writer.member("required", true);
  writer.member("description", "The URN or UUID of the session, or `current`.");
  writer.key("schema");
  writer.begin_object();
  writer.member("type", "string");
  writer.end_object();
  writer.end_object();
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
  for (std::size_t i = 0; i < std::size(kOperations);) {
    const std::string_view path = kOperations[i].path;
    writer.key(path);
    writer.begin_object();
    for (; i < std::size(kOperations) && kOperations[i].path == path; ++i) {
      describe(writer, kOperations[i]);
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
  return std::any_of(std::begin(kOperations), std::end(kOperations),
                     [&](const Operation& operation) {
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
