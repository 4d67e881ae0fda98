#include "http/representation/node.h"

#include <algorithm>
#include <iterator>

namespace http::representation {

std::string_view uri_of(Namespace name) {
  switch (name) {
    case Namespace::vcloud:
      return "http://www.vmware.com/vcloud/v1.5";
    case Namespace::vmext:
      return "http://www.vmware.com/vcloud/extension/v1.5";
    case Namespace::versions:
      return "http://www.vmware.com/vcloud/versions";
    case Namespace::oriel:
      return "urn:oriel:v1";
  }
  return {};
}

Node& Node::attribute(std::string_view name, Scalar value) & {
  members_.emplace_back(Attribute{name, std::move(value)});
  return *this;
}

Node& Node::value(Namespace space, std::string_view name, Scalar value) & {
  members_.emplace_back(Value{space, name, std::move(value)});
  return *this;
}

Node& Node::values(Namespace space, std::string_view name, std::vector<Scalar> values) & {
  members_.emplace_back(Values{space, name, std::move(values)});
  return *this;
}

Node& Node::child(Node node) & {
  List single;
  single.nodes.push_back(std::move(node));
  members_.emplace_back(std::move(single));
  return *this;
}

Node& Node::list(std::string_view key, std::vector<Node> nodes) & {
  members_.emplace_back(List{key, std::move(nodes)});
  return *this;
}

Node& Node::members_of(Node other) & {
  std::move(other.members_.begin(), other.members_.end(), std::back_inserter(members_));
  return *this;
}

Node& Node::json_type(std::string_view type) & {
  json_type_ = type;
  return *this;
}

Node link(std::string_view rel, std::optional<MediaType> type, std::string_view href) {
  Node node{Namespace::vcloud, "Link"};
  node.attribute("href", std::string{href});
  node.attribute("id", {});
  node.attribute("type", type ? Scalar{*type} : Scalar{});
  node.attribute("name", {});
  node.attribute("rel", std::string{rel});
  return node;
}

}  // namespace http::representation
