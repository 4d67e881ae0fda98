#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace http::representation {

/// The namespaces of the vCloud API's elements (spec, conventions).
enum class Namespace : std::uint8_t {
  vcloud,    // http://www.vmware.com/vcloud/v1.5, the default of every document but the versions
  vmext,     // http://www.vmware.com/vcloud/extension/v1.5
  versions,  // http://www.vmware.com/vcloud/versions
  oriel,     // urn:oriel:v1, what the schemas of vCloud Director have no place for
};
[[nodiscard]] std::string_view uri_of(Namespace name);

/// The media type of a resource but for its suffix: written as `base`+xml or `base`+json, as the
/// document that it stands in.
struct MediaType {
  std::string_view base;  // a literal such as "application/vnd.vmware.admin.service"
};

/// The value of an attribute or of an element without structure. Without a value it is not written
/// in XML and null in JSON.
using Scalar = std::variant<std::monostate, std::string, bool, std::int64_t, MediaType>;

/// An empty text counts as no value.
[[nodiscard]] inline Scalar optional_text(std::string_view text) {
  return text.empty() ? Scalar{} : Scalar{std::string{text}};
}

/// A resource, or a part of one, described once for both formats (spec section 3.11). The names are
/// those of the XML schema; in JSON they begin with a small letter, and a node is an object with
/// `otherAttributes` and its members in the order they were added.
///
/// Names are literals: a node keeps views of them.
class Node {
 public:
  Node(Namespace space, std::string_view name) : space_(space), name_(name) {}

  /// An attribute in XML.
  Node& attribute(std::string_view name, Scalar value) &;
  /// An element that holds one value.
  Node& value(Namespace space, std::string_view name, Scalar value) &;
  /// Elements of one value each, side by side; an array in JSON, there even when it is empty.
  Node& values(Namespace space, std::string_view name, std::vector<Scalar> values) &;
  /// An element that has members itself.
  Node& child(Node node) &;
  /// Elements side by side in XML, an array called `key` (with a small letter in front) in JSON,
  /// there even when it is empty.
  Node& list(std::string_view key, std::vector<Node> nodes) &;
  /// An element that could be here and is not: null in JSON.
  Node& absent(std::string_view name) & { return value(space_, name, {}); }
  /// The members of `other`, behind those that are there.
  Node& members_of(Node other) &;
  /// The JSON member `_type`, which tells apart the elements of an array of mixed kinds.
  Node& json_type(std::string_view type) &;

  struct Attribute {
    std::string_view name;
    Scalar value;
  };
  struct Value {
    Namespace space;
    std::string_view name;
    Scalar value;
  };
  struct Values {
    Namespace space;
    std::string_view name;
    std::vector<Scalar> values;
  };
  struct List {
    std::string_view key;  // empty: a single child, whose own name is the key
    std::vector<Node> nodes;
  };
  using Member = std::variant<Attribute, Value, Values, List>;

  [[nodiscard]] Namespace space() const { return space_; }
  [[nodiscard]] std::string_view name() const { return name_; }
  [[nodiscard]] std::string_view json_type() const { return json_type_; }
  [[nodiscard]] const std::vector<Member>& members() const { return members_; }

 private:
  Namespace space_;
  std::string_view name_;
  std::string_view json_type_;
  std::vector<Member> members_;
};

/// A Link (spec section 1.4): always in the namespace vcloud. Without a media type it has no
/// `type`.
[[nodiscard]] Node link(std::string_view rel, std::optional<MediaType> type, std::string_view href);

}  // namespace http::representation
