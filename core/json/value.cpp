#include "core/json/value.h"

#include <charconv>

#include "core/json/tree.h"

namespace core::json {

Kind Value::kind() const { return tree_ == nullptr ? Kind::none : tree_->nodes[node_].kind(); }

std::optional<bool> Value::boolean() const {
  if (kind() != Kind::boolean) return std::nullopt;
  return tree_->nodes[node_].length() != 0;
}

std::optional<std::string_view> Value::string() const {
  if (kind() != Kind::string) return std::nullopt;
  return tree_->text_of(node_);
}

std::optional<std::string_view> Value::number() const {
  if (kind() != Kind::number) return std::nullopt;
  return tree_->text_of(node_);
}

std::optional<std::int64_t> Value::integer() const {
  const auto text = number();
  if (!text) return std::nullopt;
  std::int64_t value = 0;
  const char* const end = text->data() + text->size();
  const auto read = std::from_chars(text->data(), end, value);
  if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return value;
}

std::optional<double> Value::real() const {
  const auto text = number();
  if (!text) return std::nullopt;
  double value = 0;
  const auto read = std::from_chars(text->data(), text->data() + text->size(), value);
  if (read.ec != std::errc{}) return std::nullopt;
  return value;
}

std::size_t Value::size() const {
  return is_array() || is_object() ? tree_->nodes[node_].length() : 0;
}

Elements Value::elements() const {
  Elements elements;
  if (!is_array()) return elements;
  elements.tree_ = tree_;
  elements.begin_ = node_ + 1;
  elements.end_ = tree_->nodes[node_].end();
  return elements;
}

Members Value::members() const {
  Members members;
  if (!is_object()) return members;
  members.tree_ = tree_;
  members.begin_ = node_ + 1;
  members.end_ = tree_->nodes[node_].end();
  return members;
}

Value Value::find(std::string_view name) const {
  for (const Member member : members()) {
    if (member.name == name) return member.value;
  }
  return Value{};
}

Elements::Iterator& Elements::Iterator::operator++() {
  node_ = tree_->behind(node_);
  return *this;
}

Member Members::Iterator::operator*() const {
  return {tree_->text_of(node_), Value{tree_, node_ + 1}};
}

Members::Iterator& Members::Iterator::operator++() {
  node_ = tree_->behind(node_ + 1);
  return *this;
}

Document::Document(std::unique_ptr<const Tree> tree) : tree_(std::move(tree)) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

Value Document::root() const { return Value{tree_.get(), 0}; }

}  // namespace core::json
