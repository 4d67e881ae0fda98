#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "amqp/broker/text_map.h"

namespace amqp::broker {

struct Binding;

/// The bindings of a topic exchange by the words of their patterns (AMQP 0-9-1 §3.1.3.3): `*` is
/// one word, `#` any number of them, none included. A key without characters has no words.
///
/// Matching walks all patterns side by side, word for word, and visits a node at most once a word:
/// at most nodes times words steps, whatever the patterns are, so a hostile row of `#` costs no
/// more than an honest one. It allocates nothing once its work lists have grown.
class TopicTrie {
 public:
  TopicTrie() : root_(std::make_unique<Node>()) {}

  void add(std::string_view pattern, Binding& binding);
  /// Forgets a binding that was added with this pattern, and the nodes nobody else needs.
  void remove(std::string_view pattern, const Binding& binding);

  /// Calls `take(Binding&)` for each binding whose pattern matches, once.
  template <typename Take>
  void match(std::string_view key, Take&& take) {
    walk(key);
    for (Node* node : active_) {
      for (Binding* binding : node->bindings) take(*binding);
    }
  }

 private:
  struct Node {
    TextMap<std::unique_ptr<Node>> words;
    std::unique_ptr<Node> star;
    std::unique_ptr<Node> hash;
    bool loops = false;  // this node is somebody's hash: it takes any word and stays
    std::vector<Binding*> bindings;
    std::uint64_t visited = 0;  // the step that last put it on the list

    [[nodiscard]] bool empty() const {
      return bindings.empty() && words.empty() && star == nullptr && hash == nullptr;
    }
  };
  static Node& child(Node& node, std::string_view word);
  static bool remove_below(Node& node, std::string_view rest, bool at_end, const Binding& binding);
  /// Leaves in active_ the nodes where a pattern that matches `key` may end.
  void walk(std::string_view key);
  void activate(Node& node);

  std::unique_ptr<Node> root_;
  std::uint64_t step_ = 0;
  std::vector<Node*> active_;
  std::vector<Node*> before_;
};

}  // namespace amqp::broker
