#include "http/vcloud/query_type.h"

#include <algorithm>

#include "core/base/check.h"
#include "http/schema/record_names.h"
#include "registry/kinds/parts.h"

namespace http::vcloud {
namespace {

constexpr auto kComputed = static_cast<std::size_t>(-1);

}  // namespace

QueryType::QueryType(const Kind& kind, const Query& query)
    : record(schema::record_name(query)),
      json_type("QueryResult" + record + "Type"),
      references(schema::references_name(query)),
      reference(schema::reference_name(query)),
      kind_(&kind),
      query_(&query),
      has_name_(kind.shape.find("name").has_value()) {
  for (const auto& attribute : query.attributes) {
    const auto field = kind.shape.find(attribute.field);
    CORE_CHECK(attribute.field.empty() ? attribute.value != nullptr : field.has_value());
    columns_.push_back(attribute.field.empty() ? kComputed : *field);
  }
}

const QueryType::View* QueryType::view() const {
  if (query_->view >= kind_->views.size()) return nullptr;
  const View& view = kind_->views[query_->view];
  return view.element.empty() ? nullptr : &view;
}

std::string_view QueryType::name(std::size_t attribute) const {
  return query_->attributes[attribute].name;
}

std::optional<std::size_t> QueryType::find(std::string_view attribute) const {
  const auto& all = query_->attributes;
  const auto found = std::find_if(all.begin(), all.end(),
                                  [&](const auto& each) { return each.name == attribute; });
  if (found == all.end()) return std::nullopt;
  return static_cast<std::size_t>(found - all.begin());
}

const QueryType::Value& QueryType::value(const Resource& resource, std::size_t attribute,
                                         const Resources& there, Value& computed) const {
  const std::size_t column = columns_[attribute];
  if (column != kComputed) {
    const auto& fields = resource.values.fields;
    return column < fields.size() ? fields[column] : computed;
  }
  computed = query_->attributes[attribute].value(resource, there);
  return computed;
}

registry::resource::FieldType QueryType::type_of(std::size_t attribute) const {
  const std::size_t column = columns_[attribute];
  return column == kComputed ? query_->attributes[attribute].type
                             : kind_->shape.fields[column].type;
}

bool QueryType::is_expanded(std::size_t attribute) const {
  const std::size_t column = columns_[attribute];
  return column == kComputed ? query_->attributes[attribute].expanded
                             : kind_->shape.fields[column].rules.expanded;
}

std::string QueryType::listed() const {
  std::string names;
  for (const auto& each : query_->attributes) names.append(each.name).append(", ");
  return names + "id and href";
}

bool QueryType::is_parent(std::size_t attribute) const {
  return query_->attributes[attribute].value == registry::kinds::parent_reference;
}

std::string QueryType::name_of(const Resource& resource, const Resources& there) const {
  if (has_name_) return resource.text("name");
  const auto attribute = find("name");
  if (!attribute) return {};
  Value computed;
  const auto* text = value(resource, *attribute, there, computed).get_if<std::string>();
  return text != nullptr ? *text : std::string{};
}

std::shared_ptr<const Catalogue> make_catalogue(
    std::span<const registry::resource::Kind* const> kinds) {
  auto catalogue = std::make_shared<Catalogue>();
  for (const auto* kind : kinds) {
    for (const auto& query : kind->queries) catalogue->emplace_back(*kind, query);
  }
  return catalogue;
}

const QueryType* find_query(const Catalogue& catalogue, std::string_view name) {
  const auto found = std::find_if(catalogue.begin(), catalogue.end(),
                                  [&](const QueryType& type) { return type.query().name == name; });
  return found == catalogue.end() ? nullptr : &*found;
}

}  // namespace http::vcloud
