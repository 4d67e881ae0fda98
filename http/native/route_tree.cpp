#include "http/native/route_tree.h"

#include <algorithm>

#include "http/native/query.h"

namespace http::native {
namespace {

constexpr std::string_view kPlace = "{}";

/// The segment at the front of `path`, which it loses together with the slash before it; nullopt at
/// the end.
std::optional<std::string_view> take_segment(std::string_view& path) {
  if (path.empty() || path == "/") return std::nullopt;
  path.remove_prefix(1);
  const std::string_view segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size());
  return segment;
}

}  // namespace

RouteTree::RouteTree(const std::vector<std::string_view>& patterns) {
  for (std::size_t i = 0; i < patterns.size(); ++i) {
    std::string_view rest = patterns[i];
    Node* node = &root_;
    while (const auto segment = take_segment(rest)) node = &branch(*node, *segment);
    if (!node->pattern) node->pattern = i;
  }
}

RouteTree::Node& RouteTree::branch(Node& node, std::string_view segment) {
  const bool is_place = segment.ends_with(kPlace);
  if (is_place) segment.remove_suffix(kPlace.size());
  auto& branches = is_place ? node.places : node.literals;
  const auto goes_before = [&](const Branch& each, std::string_view text) {
    return is_place && each.text.size() != text.size() ? each.text.size() > text.size()
                                                       : each.text < text;
  };
  auto found = std::lower_bound(branches.begin(), branches.end(), segment, goes_before);
  if (found == branches.end() || found->text != segment) {
    found = branches.insert(found, Branch{segment, std::make_unique<Node>()});
  }
  return *found->node;
}

std::optional<std::size_t> RouteTree::find(std::string_view path,
                                           std::vector<std::string>* segments) const {
  if (segments != nullptr) segments->clear();
  if (!path.starts_with('/')) return std::nullopt;
  return find(root_, path, segments);
}

/// Recurses as deep as the tree is, and tries no node of it twice.
std::optional<std::size_t> RouteTree::find(const Node& node, std::string_view rest,
                                           std::vector<std::string>* segments) {
  const auto segment = take_segment(rest);
  if (!segment) return node.pattern;
  const auto literal =
      std::lower_bound(node.literals.begin(), node.literals.end(), *segment,
                       [](const Branch& each, std::string_view text) { return each.text < text; });
  if (literal != node.literals.end() && literal->text == *segment) {
    if (const auto found = find(*literal->node, rest, segments)) return found;
  }
  for (const Branch& place : node.places) {
    if (!segment->starts_with(place.text) || segment->size() == place.text.size()) continue;
    auto decoded = percent_decoded(segment->substr(place.text.size()));
    if (!decoded) continue;
    if (segments != nullptr) segments->push_back(*std::move(decoded));
    if (const auto found = find(*place.node, rest, segments)) return found;
    if (segments != nullptr) segments->pop_back();
  }
  return std::nullopt;
}

}  // namespace http::native
