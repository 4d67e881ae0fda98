#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "registry/resource/resource.h"
#include "registry/resource/resources.h"

namespace http::vcloud {

/// A query type (spec section 2.5) as it is asked and answered: the names of its elements, and
/// where the values of its records are. A value is looked up when somebody wants it, never before:
/// a filter over many resources reads only the attributes that it names.
class QueryType {
 public:
  using Kind = registry::resource::Kind;
  using Query = registry::resource::Query;
  using Resource = registry::resource::Resource;
  using Resources = registry::resource::Resources;
  using Value = registry::resource::Value;
  using View = registry::resource::View;

  /// Both outlive this.
  QueryType(const Kind& kind, const Query& query);

  [[nodiscard]] const Kind& kind() const { return *kind_; }
  [[nodiscard]] const Query& query() const { return *query_; }
  /// What hrefs of its records lead to; null: they have none.
  [[nodiscard]] const View* view() const;

  std::string record;      ///< ApiFilterRecord
  std::string json_type;   ///< QueryResultApiFilterRecordType
  std::string references;  ///< ApiFilterReferences
  std::string reference;   ///< ApiFilterReference

  [[nodiscard]] std::size_t size() const { return columns_.size(); }
  [[nodiscard]] std::string_view name(std::size_t attribute) const;
  [[nodiscard]] std::optional<std::size_t> find(std::string_view attribute) const;
  /// The value of an attribute, in the resource itself or, when it is computed or not set, in
  /// `computed`, which is empty before.
  [[nodiscard]] const Value& value(const Resource& resource, std::size_t attribute,
                                   const Resources& there, Value& computed) const;
  /// What sort of values an attribute has; text for references, too, where they are computed.
  [[nodiscard]] registry::resource::FieldType type_of(std::size_t attribute) const;
  /// Whether {baseUri} in its values is shown expanded.
  [[nodiscard]] bool is_expanded(std::size_t attribute) const;
  /// The names of all attributes, with those of id and href, for people.
  [[nodiscard]] std::string listed() const;
  /// Whether an attribute is the reference to the resource's parent.
  [[nodiscard]] bool is_parent(std::size_t attribute) const;
  /// What references call the resource; empty: nothing.
  [[nodiscard]] std::string name_of(const Resource& resource, const Resources& there) const;

 private:
  const Kind* kind_;
  const Query* query_;
  std::vector<std::size_t> columns_;  // the place in the shape of each attribute; size_t(-1): none
  bool has_name_;                     // among its fields
};

/// Every query type, in the order of the kinds, for as long as somebody holds it.
using Catalogue = std::vector<QueryType>;
[[nodiscard]] std::shared_ptr<const Catalogue> make_catalogue(
    std::span<const registry::resource::Kind* const> kinds);
/// Null when there is none of that name.
[[nodiscard]] const QueryType* find_query(const Catalogue& catalogue, std::string_view name);

}  // namespace http::vcloud
