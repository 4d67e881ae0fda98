#include "core/xml/builder.h"

#include <rapidxml/rapidxml.hpp>

#include <algorithm>

#include "core/xml/namespaces.h"

namespace core::xml {
namespace {

using RapidNode = rapidxml::xml_node<char>;
using RapidAttribute = rapidxml::xml_attribute<char>;

constexpr int kFlags = rapidxml::parse_no_element_values | rapidxml::parse_no_string_terminators |
                       rapidxml::parse_validate_closing_tags;

std::string_view name_of(const rapidxml::xml_base<char>& base) {
  return {base.name(), base.name_size()};
}
std::string_view value_of(const rapidxml::xml_base<char>& base) {
  return {base.value(), base.value_size()};
}

/// Walks RapidXML's tree in document order, without recursion, and copies it into ours.
class Builder {
 public:
  /// `original` is the text before RapidXML expanded references in it: lines are counted there.
  Builder(Tree& tree, const std::string& original) : tree_(tree), original_(original) {}

  bool run(const RapidNode& root) {
    const RapidNode* node = &root;
    std::uint32_t parent = kNoNode;
    while (node != nullptr) {
      if (!enter(*node, parent)) return false;
      if (const RapidNode* child = first_element(node->first_node())) {
        parent = current_;
        node = child;
        continue;
      }
      scope_.leave();
      node = next(*node, root, parent);
    }
    return true;
  }
  [[nodiscard]] Fault fault() const { return fault_; }

 private:
  static const RapidNode* first_element(const RapidNode* node) {
    while (node != nullptr && node->type() != rapidxml::node_element) node = node->next_sibling();
    return node;
  }

  /// The element after `node`, which is done: a sibling of it or of the nearest ancestor with one.
  const RapidNode* next(const RapidNode& node, const RapidNode& root, std::uint32_t& parent) {
    const RapidNode* done = &node;
    while (done != &root) {
      if (const RapidNode* sibling = first_element(done->next_sibling())) return sibling;
      done = done->parent();
      current_ = parent;
      parent = tree_.nodes[parent].parent;
      scope_.leave();
    }
    return nullptr;
  }

  bool enter(const RapidNode& from, std::uint32_t parent) {
    scope_.enter();
    if (!declare_namespaces(from)) return false;
    const auto name = split_name(name_of(from));
    const auto uri = name ? scope_.resolve(name->prefix) : std::nullopt;
    if (!uri || name->prefix == "xmlns") return fail(from, "a malformed name or undeclared prefix");

    Node node;
    node.namespace_uri = *uri;
    node.local_name = name->local;
    node.text = text_of(from);
    node.parent = parent;
    node.line = line_of(from);
    node.first_attribute = static_cast<std::uint32_t>(tree_.attributes.size());
    if (!add_attributes(from)) return false;
    node.attribute_count =
        static_cast<std::uint32_t>(tree_.attributes.size()) - node.first_attribute;
    append(node);
    return true;
  }

  void append(const Node& node) {
    const auto index = static_cast<std::uint32_t>(tree_.nodes.size());
    if (node.parent != kNoNode) {
      Node& parent = tree_.nodes[node.parent];
      // The element entered or finished last is our elder sibling, unless it is our parent.
      if (parent.first_child == kNoNode) {
        parent.first_child = index;
      } else {
        tree_.nodes[current_].next_sibling = index;
      }
    }
    tree_.nodes.push_back(node);
    current_ = index;
  }

  bool declare_namespaces(const RapidNode& from) {
    for (auto* at = from.first_attribute(); at != nullptr; at = at->next_attribute()) {
      const std::string_view name = name_of(*at);
      const bool prefixed = name.starts_with("xmlns:");
      if (name != "xmlns" && !prefixed) continue;
      const auto split = split_name(name);
      if (!split) return fail(*at, "a malformed name");
      if (!scope_.declare(prefixed ? split->local : std::string_view{}, value_of(*at))) {
        return fail(*at, "a namespace declaration that is not allowed");
      }
      for (auto* other = from.first_attribute(); other != at; other = other->next_attribute()) {
        if (name_of(*other) == name) return fail(*at, "a doubled attribute");
      }
    }
    return true;
  }

  bool add_attributes(const RapidNode& from) {
    const std::size_t first = tree_.attributes.size();
    for (auto* at = from.first_attribute(); at != nullptr; at = at->next_attribute()) {
      const auto name = split_name(name_of(*at));
      if (!name) return fail(*at, "a malformed name");
      if (name->prefix == "xmlns" || name_of(*at) == "xmlns") continue;
      // Without a prefix an attribute is in no namespace, whatever the default is (§6.2).
      const auto uri = name->prefix.empty() ? std::string_view{} : scope_.resolve(name->prefix);
      if (!uri) return fail(*at, "a prefix is not declared");
      const Attribute attribute{*uri, name->local, value_of(*at)};
      const auto same = [&](const Attribute& other) {
        return other.namespace_uri == attribute.namespace_uri &&
               other.local_name == attribute.local_name;
      };
      const auto begin = tree_.attributes.begin() + static_cast<std::ptrdiff_t>(first);
      if (std::any_of(begin, tree_.attributes.end(), same)) return fail(*at, "a doubled attribute");
      tree_.attributes.push_back(attribute);
    }
    return true;
  }

  /// RapidXML gives a node for each piece of text; most elements have one or none.
  std::string_view text_of(const RapidNode& from) {
    std::string_view single;
    std::string* joined = nullptr;
    for (auto* child = from.first_node(); child != nullptr; child = child->next_sibling()) {
      if (child->type() != rapidxml::node_data && child->type() != rapidxml::node_cdata) continue;
      const std::string_view piece = value_of(*child);
      if (joined != nullptr) {
        joined->append(piece);
      } else if (single.empty()) {
        single = piece;
      } else {
        joined = &tree_.joined.emplace_back(std::string{single}.append(piece));
      }
    }
    return joined != nullptr ? std::string_view{*joined} : single;
  }

  [[nodiscard]] std::size_t offset_of(const rapidxml::xml_base<char>& base) const {
    return static_cast<std::size_t>(base.name() - tree_.buffer.data());
  }
  std::uint32_t line_of(const RapidNode& node) {
    const std::size_t offset = offset_of(node);
    const auto begin = original_.begin();
    line_ +=
        static_cast<std::uint32_t>(std::count(begin + static_cast<std::ptrdiff_t>(line_counted_),
                                              begin + static_cast<std::ptrdiff_t>(offset), '\n'));
    line_counted_ = offset;
    return line_;
  }

  bool fail(const rapidxml::xml_base<char>& at, std::string_view reason) {
    fault_ = {offset_of(at), std::string{reason} + ": " + std::string{name_of(at)}};
    return false;
  }

  Tree& tree_;
  const std::string& original_;
  Scope scope_;
  std::uint32_t current_ = kNoNode;  // entered or finished last
  std::uint32_t line_ = 1;
  std::size_t line_counted_ = 0;
  Fault fault_;
};

}  // namespace

Result<std::unique_ptr<const Tree>, Fault> build_tree(const std::string& text) {
  auto tree = std::make_unique<Tree>();
  tree->buffer = text;
  // On the heap: it holds 64 KiB of its pool inside itself.
  const auto rapid = std::make_unique<rapidxml::xml_document<char>>();
  try {
    rapid->parse<kFlags>(tree->buffer.data());
  } catch (const rapidxml::parse_error& error) {
    const auto offset = static_cast<std::size_t>(error.where<char>() - tree->buffer.data());
    return Unexpected{Fault{offset, error.what()}};
  }
  const RapidNode* root = rapid->first_node();
  if (root == nullptr) return Unexpected{Fault{0, "there is no element"}};

  Builder builder{*tree, text};
  if (!builder.run(*root)) return Unexpected{builder.fault()};
  return std::unique_ptr<const Tree>{std::move(tree)};
}

}  // namespace core::xml
