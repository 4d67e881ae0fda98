#include "http/schema/reference.h"

#include <algorithm>

#include "http/schema/markdown.h"
#include "http/schema/plain_types.h"
#include "http/schema/record_names.h"
#include "registry/kinds/kinds.h"

namespace http::schema {
namespace {

using registry::resource::Access;
using registry::resource::Field;
using registry::resource::FieldType;
using registry::resource::Kind;
using registry::resource::LinkSpec;
using registry::resource::Query;
using registry::resource::Shape;
using registry::resource::Space;
using registry::resource::Uniqueness;
using registry::resource::View;

constexpr std::string_view kIntroduction =
    R"(# API reference

Made from the descriptions in `registry/kinds` by `oriel document reference`; a test compares the two.

Media types are given without their suffix: `+xml` and `+json` are both served and taken, with `;version=` behind.
In JSON the names begin with a small letter, lists are arrays, and what is absent is null. In a request elements may come in any
order. Elements that are not described here are refused, attributes are read over. `{}` in a URL stands for a UUID; the URN
`urn:vcloud:<kind>:<UUID>` does as well. Texts have 255 characters at most unless something else is said.

)";

std::string_view type_name(const Field& field) {
  if (field.holding != nullptr && field.holding->whole) return "document";
  switch (field.type) {
    case FieldType::text:
      return "text";
    case FieldType::boolean:
      return "true or false";
    case FieldType::integer:
      return "integer";
    case FieldType::time:
      return "date and time";
    case FieldType::reference:
      return "reference";
    case FieldType::object:
      return "elements";
  }
  return {};
}

/// What stands in a container that the server fills.
std::string holding_of(const registry::resource::Holding& holding) {
  if (holding.kind.empty()) return {};
  return "the newest " + std::to_string(holding.shown_max) + " of the kind " + code(holding.kind);
}

std::string limits_of(const Field& field) {
  if (field.holding != nullptr) return holding_of(*field.holding);
  if (!field.one_of.empty()) {
    std::string words;
    for (const auto word : field.one_of) words += (words.empty() ? "" : ", ") + code(word);
    return words;
  }
  if (field.type == FieldType::text && field.maximum != 0) {
    return "at most " + std::to_string(field.maximum) + " characters";
  }
  if (field.type == FieldType::integer && field.maximum != 0) {
    return std::to_string(field.minimum) + " to " + std::to_string(field.maximum);
  }
  return field.target.empty() ? "" : "to a resource of the kind " + code(field.target);
}

std::string rules_of(const Field& field) {
  std::string rules;
  const auto add = [&](bool holds, std::string_view words) {
    if (holds) rules += (rules.empty() ? "" : ", ") + std::string{words};
  };
  add(field.rules.required, "required");
  add(field.rules.read_only, "read-only");
  add(field.rules.create_only, "fixed at creation");
  add(field.rules.secret, "never shown");
  add(field.rules.ignored, "read over");
  add(field.rules.any_space, "in any namespace");
  return rules;
}

std::string_view place_of(const Field& field) {
  if (field.attribute) return "attribute";
  switch (field.space) {
    case Space::vcloud:
      return "vcloud";
    case Space::vmext:
      return "vmext";
    case Space::oriel:
      return "oriel";
  }
  return {};
}

/// Shapes nest as they are written down: the recursion is bounded.
std::string fields_of(const Shape& shape, const std::string& path) {
  std::string rows;
  for (const Field& field : shape.fields) {
    if (field.rules.hidden) continue;
    std::string name = path;
    if (!field.container.empty()) name += std::string{field.container} + "/";
    name += field.name;
    std::string limits = limits_of(field);
    if (field.repeated && field.holding == nullptr) {
      limits += (limits.empty() ? "" : "; ") + std::string{"at most "} +
                std::to_string(field.items_max) + " of them";
    }
    rows += table_row({code(name), std::string{place_of(field)}, std::string{type_name(field)},
                       limits, rules_of(field), std::string{field.words}});
    if (field.type == FieldType::object && !field.rules.ignored) {
      rows += fields_of(*field.shape, name + "/");
    }
  }
  return rows;
}

std::string views_of(const Kind& kind) {
  std::string rows;
  for (const View& view : kind.views) {
    const bool main = &view == &kind.views.front();
    const auto who = [&](Access access) {
      return main && access != Access::nobody ? std::string{words_of(access)} : std::string{};
    };
    rows += table_row({code(view.name), code(view.media_type), code(view.element),
                       view.element.empty() ? "" : std::string{words_of(view.read)},
                       view.element.empty() ? "" : who(kind.change),
                       view.element.empty() ? "" : who(kind.remove)});
  }
  if (rows.empty()) return rows;
  return table_head({"element", "media type", "URL", "GET", "PUT", "DELETE"}) + rows + "\n";
}

std::string collections_of(const Kind& kind) {
  std::string rows;
  for (const auto& each : kind.collections) {
    rows += table_row({code(each.path),
                       each.create == Access::nobody ? "" : std::string{words_of(each.create)},
                       code(each.query)});
  }
  for (const auto& each : kind.packaged) rows += table_row({code(each.path), "", code(each.query)});
  if (rows.empty()) return rows;
  return table_head({"collection", "POST", "GET is the query"}) + rows + "\n";
}

std::string links_of(const Kind& kind) {
  std::string rows;
  for (const View& view : kind.views) {
    for (const LinkSpec& link : view.links) {
      rows += table_row({code(view.media_type), code(link.rel), code(link.media_type),
                         code(link.href), std::string{words_of(link.access)}});
    }
  }
  if (rows.empty()) return rows;
  return table_head({"shown as", "rel", "type", "href", "to"}) + rows + "\n";
}

std::string queries_of(const Kind& kind) {
  std::string rows;
  for (const Query& query : kind.queries) {
    std::string attributes;
    for (const auto& each : query.attributes) {
      attributes += (attributes.empty() ? "" : ", ") + code(each.name);
    }
    rows += table_row({code(query.name), code(record_name(query)), attributes,
                       std::string{words_of(query.access)}, std::string{query.words}});
  }
  if (rows.empty()) return rows;
  return table_head({"query type", "record", "attributes", "for", ""}) + rows + "\n";
}

std::string facts_of(const Kind& kind) {
  std::string text =
      std::string{kind.words} + " URN `urn:vcloud:" + std::string{kind.urn_kind} + ":<UUID>`.";
  if (!kind.parent.empty()) {
    text +=
        " It belongs to a resource of the kind " + code(kind.parent) + " and is deleted with it";
    if (!kind.container.empty()) {
      text += "; in the container " + code(kind.container) + " it can be made with it";
    }
    text += ".";
  }
  if (kind.uniqueness != Uniqueness::none) {
    text += " No two";
    text += kind.uniqueness == Uniqueness::among_siblings ? " of one parent" : "";
    text += " share a " + code(kind.unique_field);
    text += kind.unique_ignores_case ? ", whatever the case." : ".";
  }
  text += " There can be " + std::to_string(kind.count_max) + " of them";
  if (kind.count_max_of_organisation != 0) {
    text += ", " + std::to_string(kind.count_max_of_organisation) + " in one organisation";
  }
  text += kind.oldest_makes_room ? "; then the oldest makes room." : ".";
  return text + "\n\n";
}

std::string chapter_of(const Kind& kind) {
  std::string text = "## " + std::string{kind.shape.name} + "\n\n" + facts_of(kind) +
                     views_of(kind) + collections_of(kind);
  text += table_head({"field", "in", "type", "limits", "rules", ""}) + fields_of(kind.shape, "");
  return text + "\n" + links_of(kind) + queries_of(kind);
}

std::string plain_chapter() {
  std::string text = "## Other documents\n\n";
  text += table_head({"element", "namespace", "media type", ""});
  for (const PlainDocument& each : plain_documents()) {
    text += table_row(
        {code(each.name), std::string{each.space}, code(each.media_type), std::string{each.words}});
  }
  return text;
}

}  // namespace

std::string api_reference() {
  std::string text{kIntroduction};
  for (const Kind* kind : registry::kinds::all()) {
    if (!kind->views.empty()) text += chapter_of(*kind);
  }
  return text + plain_chapter();
}

}  // namespace http::schema
