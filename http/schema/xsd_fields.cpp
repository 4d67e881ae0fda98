#include "http/schema/xsd_fields.h"

#include <algorithm>

#include "core/base/check.h"
#include "registry/kinds/kinds.h"

namespace http::schema {
namespace {

using registry::resource::Field;
using registry::resource::FieldType;
using registry::resource::Shape;
using registry::resource::Space;

constexpr std::int64_t kTextMax = 255;  // characters, where a field does not say

// Shapes nest as they are written down, which is not deep: the recursion here is bounded.

std::string_view simple_name(const Field& field) {
  switch (field.type) {
    case FieldType::boolean:
      return "xs:boolean";
    case FieldType::integer:
      return "xs:long";
    case FieldType::time:
      return "xs:dateTime";
    case FieldType::text:
    case FieldType::reference:
    case FieldType::object:
      break;
  }
  return "xs:string";
}

/// A text in which {baseUri} was expanded may be longer than what was given.
bool is_restricted(const Field& field) {
  if (field.type == FieldType::text) return !field.rules.expanded;
  return field.type == FieldType::integer && (field.maximum != 0 || field.minimum != 0);
}

bool is_structure(const Field& field) {
  return field.rules.ignored || field.type == FieldType::reference ||
         field.type == FieldType::object;
}

/// Of the documents that stand whole in another one: the type of the main view.
std::string document_type(const registry::resource::Holding& holding) {
  const auto* kind = registry::kinds::find(holding.kind);
  CORE_CHECK(kind != nullptr && !kind->views.empty());
  const auto& view = kind->views.front();
  return std::string{prefix_of(view.space)} + ":" + std::string{view.name} + "Type";
}

void occurs(XsdText::Attributes& attributes, bool many) {
  attributes.push_back({"minOccurs", "0"});
  if (many) attributes.push_back({"maxOccurs", "unbounded"});
}

}  // namespace

std::string_view prefix_of(Space space) {
  switch (space) {
    case Space::vcloud:
      return "vcloud";
    case Space::vmext:
      return "vmext";
    case Space::oriel:
      return "oriel";
  }
  return {};
}

Space space_in(Space root, const Field& field) {
  const bool users = root == Space::vcloud && field.space == Space::vmext;
  return users ? Space::vcloud : field.space;
}

void FieldWriter::element(const Field& field, const std::string& path) const {
  const Space space = space_in(space_, field);
  if (space == space_) return declare(field, path);
  out_.empty("group", {{"ref", std::string{prefix_of(space)} + ":" + path}});
}

void FieldWriter::declare(const Field& field, const std::string& path) const {
  if (field.container.empty()) return item(field, path, field.repeated);
  out_.open("element", {{"name", std::string{field.container}}, {"minOccurs", "0"}});
  out_.open("complexType");
  out_.open("sequence");
  item(field, path, true);
  out_.close();
  out_.close();
  out_.close();
}

void FieldWriter::item(const Field& field, const std::string& path, bool many) const {
  XsdText::Attributes attributes{{"name", std::string{field.name}}};
  if (field.rules.ignored) {
    attributes.push_back({"type", "xs:anyType"});
  } else if (field.holding != nullptr && field.holding->whole) {
    attributes.push_back({"type", document_type(*field.holding)});
  } else if (field.type == FieldType::reference) {
    attributes.push_back({"type", "vcloud:ReferenceType"});
  } else if (!is_structure(field) && !is_restricted(field)) {
    attributes.push_back({"type", std::string{simple_name(field)}});
  }
  const bool whole = attributes.size() > 1;
  occurs(attributes, many);
  if (whole) return out_.empty("element", attributes);

  out_.open("element", attributes);
  if (field.type == FieldType::object) {
    out_.open("complexType");
    out_.open("sequence");
    for (const Field& inner : field.shape->fields) {
      if (inner.rules.hidden || inner.attribute) continue;
      element(inner, path + "." + std::string{inner.name});
    }
    out_.close();
    for (const Field& inner : field.shape->fields) {
      if (!inner.rules.hidden && inner.attribute) attribute(inner);
    }
    out_.close();
  } else {
    simple_type(field);
  }
  out_.close();
}

void FieldWriter::attribute(const Field& field) const {
  const std::string name{field.name};
  if (!is_restricted(field)) {
    return out_.empty("attribute", {{"name", name}, {"type", std::string{simple_name(field)}}});
  }
  out_.open("attribute", {{"name", name}});
  simple_type(field);
  out_.close();
}

void FieldWriter::simple_type(const Field& field) const {
  out_.open("simpleType");
  out_.open("restriction", {{"base", std::string{simple_name(field)}}});
  const auto facet = [&](std::string_view name, std::int64_t value) {
    out_.empty(name, {{"value", std::to_string(value)}});
  };
  if (!field.one_of.empty()) {
    for (const auto word : field.one_of) out_.empty("enumeration", {{"value", std::string{word}}});
  } else if (field.type == FieldType::text) {
    facet("maxLength", field.maximum == 0 ? kTextMax : field.maximum);
  } else {
    facet("minInclusive", field.minimum);
    if (field.maximum != 0) facet("maxInclusive", field.maximum);
  }
  out_.close();
  out_.close();
}

void FieldWriter::groups(const Shape& shape, Space shape_space, const std::string& path) const {
  for (const Field& field : shape.fields) {
    if (field.rules.hidden || field.attribute) continue;
    const Space space = space_in(shape_space, field);
    const std::string inner = path + "." + std::string{field.name};
    if (space != shape_space && space == space_) {
      out_.open("group", {{"name", inner}});
      out_.open("sequence");
      declare(field, inner);
      out_.close();
      out_.close();
    }
    if (field.type == FieldType::object && !field.rules.ignored) groups(*field.shape, space, inner);
  }
}

}  // namespace http::schema
