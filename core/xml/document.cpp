#include "core/xml/document.h"

#include "core/xml/tree.h"

namespace core::xml {

std::string ParseError::to_string() const {
  return "line " + std::to_string(line) + ", column " + std::to_string(column) + ": " + reason;
}

Document::Document(std::unique_ptr<const Tree> tree) : tree_(std::move(tree)) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

std::string_view Element::namespace_uri() const { return tree_->nodes[index_].namespace_uri; }
std::string_view Element::local_name() const { return tree_->nodes[index_].local_name; }
std::string_view Element::text() const { return tree_->nodes[index_].text; }
std::size_t Element::line() const { return tree_->nodes[index_].line; }

bool Element::is(std::string_view namespace_uri, std::string_view local_name) const {
  return this->namespace_uri() == namespace_uri && this->local_name() == local_name;
}

std::span<const Attribute> Element::attributes() const {
  const Node& node = tree_->nodes[index_];
  return std::span{tree_->attributes}.subspan(node.first_attribute, node.attribute_count);
}

std::optional<std::string_view> Element::attribute(std::string_view local_name) const {
  for (const Attribute& attribute : attributes()) {
    if (attribute.namespace_uri.empty() && attribute.local_name == local_name) {
      return attribute.value;
    }
  }
  return std::nullopt;
}

ElementRange Element::children() const { return {tree_, tree_->nodes[index_].first_child}; }

ElementRange::Iterator& ElementRange::Iterator::operator++() {
  index_ = tree_->nodes[index_].next_sibling;
  return *this;
}

ElementRange::Iterator ElementRange::end() const { return {tree_, kNoNode}; }

}  // namespace core::xml
