#include "amqp/broker/topic_trie.h"

#include <algorithm>

#include "core/base/check.h"

namespace amqp::broker {
namespace {

/// Takes the first word off `rest`; `at_end` becomes true when it was the last one.
std::string_view next_word(std::string_view& rest, bool& at_end) {
  const std::size_t dot = rest.find('.');
  const std::string_view word = rest.substr(0, dot);
  at_end = dot == std::string_view::npos;
  rest = at_end ? std::string_view{} : rest.substr(dot + 1);
  return word;
}

}  // namespace

TopicTrie::Node& TopicTrie::child(Node& node, std::string_view word) {
  std::unique_ptr<Node>* place = nullptr;
  if (word == "*") {
    place = &node.star;
  } else if (word == "#") {
    place = &node.hash;
  } else {
    place = &node.words.try_emplace(std::string{word}).first->second;
  }
  if (*place == nullptr) *place = std::make_unique<Node>();
  if (word == "#") (*place)->loops = true;
  return **place;
}

void TopicTrie::add(std::string_view pattern, Binding& binding) {
  Node* node = root_.get();
  bool at_end = pattern.empty();
  while (!at_end) node = &child(*node, next_word(pattern, at_end));
  node->bindings.push_back(&binding);
}

void TopicTrie::remove(std::string_view pattern, const Binding& binding) {
  remove_below(*root_, pattern, pattern.empty(), binding);
  active_.clear();  // no node of the last walk is looked at again, as it may be gone
  before_.clear();
}

/// Gives whether `node` has become empty. As deep as a pattern has words: at most 128.
bool TopicTrie::remove_below(Node& node, std::string_view rest, bool at_end,
                             const Binding& binding) {
  if (at_end) {
    const auto found = std::find(node.bindings.begin(), node.bindings.end(), &binding);
    CORE_CHECK(found != node.bindings.end());
    *found = node.bindings.back();
    node.bindings.pop_back();
    return node.empty();
  }
  const std::string_view word = next_word(rest, at_end);
  if (word == "*" || word == "#") {
    std::unique_ptr<Node>& next = word == "*" ? node.star : node.hash;
    if (remove_below(*next, rest, at_end, binding)) next.reset();
  } else {
    const auto found = node.words.find(word);
    CORE_CHECK(found != node.words.end());
    if (remove_below(*found->second, rest, at_end, binding)) node.words.erase(found);
  }
  return node.empty();
}

void TopicTrie::activate(Node& node) {
  if (node.visited == step_) return;
  node.visited = step_;
  active_.push_back(&node);
  if (node.hash != nullptr) activate(*node.hash);  // # may stand for no word at all
}

void TopicTrie::walk(std::string_view key) {
  active_.clear();
  ++step_;
  activate(*root_);
  bool at_end = key.empty();
  while (!at_end) {
    const std::string_view word = next_word(key, at_end);
    active_.swap(before_);
    active_.clear();
    ++step_;
    for (Node* node : before_) {
      if (node->loops) activate(*node);
      if (node->star != nullptr) activate(*node->star);
      const auto found = node->words.find(word);
      if (found != node->words.end()) activate(*found->second);
    }
  }
}

}  // namespace amqp::broker
