#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <memory>
#include <utility>
#include <variant>
#include <vector>

namespace core {

/// An ordered map that never changes: `with` and `without` give a map that shares with this one all
/// but what they touched. It is a tree whose leaves hold the entries (a B+ tree), and a change
/// makes the nodes on the way to one entry anew: at most kNodeMax items for each of the log(n)
/// levels. Copies of a map share everything. Any number of threads may read one.
///
/// Iterating gives the values in the order of their keys.
///
/// Invariants
///   all leaves are equally far from the root; the root of an empty map is null
///   a node has kNodeMin to kNodeMax items; the root may have fewer, but as an inner node two
///   keys ascend within a node and from one node to the next; a branch has the first key below it
template <typename Key, typename Value>
class SharedMap {
 public:
  static constexpr std::size_t kNodeMax = 32;
  static constexpr std::size_t kNodeMin = kNodeMax / 4;

  struct Entry {
    Key key;
    Value value;
  };

 private:
  struct Node;
  struct Branch {
    Key key;
    std::shared_ptr<const Node> node;
  };
  using Leaf = std::vector<Entry>;
  using Inner = std::vector<Branch>;
  struct Node {
    std::variant<Leaf, Inner> items;
    [[nodiscard]] const Leaf* leaf() const { return std::get_if<Leaf>(&items); }
    [[nodiscard]] const Inner* inner() const { return std::get_if<Inner>(&items); }
  };

 public:
  SharedMap() = default;
  /// Entries in any order; of those with one key the last one stays.
  explicit SharedMap(std::vector<Entry> entries) {
    std::stable_sort(entries.begin(), entries.end(),
                     [](const Entry& left, const Entry& right) { return left.key < right.key; });
    const auto overwritten = [&](const Entry& entry) {
      const Entry* next = &entry + 1;
      return next != entries.data() + entries.size() && !(entry.key < next->key);
    };
    Leaf leaf;
    leaf.reserve(entries.size());
    for (Entry& entry : entries) {
      if (!overwritten(entry)) leaf.push_back(std::move(entry));
    }
    size_ = leaf.size();
    constexpr std::size_t kRoomy = kNodeMax * 3 / 4;  // leaves room for what comes later
    root_ = root_over(grouped(std::move(leaf), kRoomy), kRoomy);
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }

  /// The value of that key, as long as this map or a copy of it lives; null when there is none.
  [[nodiscard]] const Value* find(const Key& key) const {
    const Node* node = root_.get();
    if (node == nullptr) return nullptr;
    while (const Inner* inner = node->inner()) node = branch_to(*inner, key)->node.get();
    const auto entry = place_of(*node->leaf(), key);
    return entry == node->leaf()->end() || key < entry->key ? nullptr : &entry->value;
  }

  /// This map with that value for the key, which it may have had already.
  [[nodiscard]] SharedMap with(const Key& key, Value value) const {
    const std::size_t size = find(key) == nullptr ? size_ + 1 : size_;
    Leaf added;
    added.push_back({key, std::move(value)});
    if (empty()) return SharedMap{root_over(grouped(std::move(added))), size};
    return SharedMap{root_over(put_in(*root_, std::move(added))), size};
  }

  /// This map without that key, which it need not have.
  [[nodiscard]] SharedMap without(const Key& key) const {
    if (find(key) == nullptr) return *this;
    return SharedMap{root_over(take_out(*root_, key)), size_ - 1};
  }

  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = Value;
    using difference_type = std::ptrdiff_t;
    using pointer = const Value*;
    using reference = const Value&;

    Iterator() = default;
    reference operator*() const { return (*leaf_)[place_].value; }
    pointer operator->() const { return &**this; }
    Iterator& operator++() {
      if (++place_ == leaf_->size()) go_on();
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++*this;
      return before;
    }
    friend bool operator==(const Iterator& left, const Iterator& right) {
      return left.leaf_ == right.leaf_ && left.place_ == right.place_;
    }

   private:
    friend class SharedMap;
    explicit Iterator(const Node& root) : root_(&root) { go_down(root); }
    void go_down(const Node& node) {
      const Node* first = &node;
      while (const Inner* inner = first->inner()) {
        branch_ = inner->data();
        branches_end_ = branch_ + inner->size();
        first = branch_->node.get();
      }
      leaf_ = first->leaf();
      place_ = 0;
    }
    /// To the next leaf: most often the next branch of the node above.
    void go_on() {
      if (branch_ != branches_end_ && ++branch_ != branches_end_) return go_down(*branch_->node);
      const Node* after = node_after(*root_, leaf_->back().key);
      if (after != nullptr) return go_down(*after);
      leaf_ = nullptr;
      place_ = 0;
    }

    const Node* root_ = nullptr;
    const Branch* branch_ = nullptr;  // to leaf_, of the node above it; null: it is the root
    const Branch* branches_end_ = nullptr;
    const Leaf* leaf_ = nullptr;  // null: the end
    std::size_t place_ = 0;
  };
  using value_type = Value;
  using const_iterator = Iterator;

  [[nodiscard]] Iterator begin() const { return empty() ? Iterator{} : Iterator{*root_}; }
  [[nodiscard]] Iterator end() const { return {}; }

 private:
  SharedMap(std::shared_ptr<const Node> root, std::size_t size)
      : root_(std::move(root)), size_(size) {}

  // ---- Looking

  /// The first entry that is not before `key`.
  static auto place_of(const Leaf& leaf, const Key& key) {
    return std::lower_bound(
        leaf.begin(), leaf.end(), key,
        [](const Entry& entry, const Key& wanted) { return entry.key < wanted; });
  }
  /// The last branch that does not begin beyond `key`, or the first when all do.
  static auto branch_to(const Inner& inner, const Key& key) {
    const auto beyond = std::upper_bound(
        inner.begin(), inner.end(), key,
        [](const Key& wanted, const Branch& branch) { return wanted < branch.key; });
    return beyond == inner.begin() ? beyond : std::prev(beyond);
  }
  /// The largest node that begins right after the leaf with `key`; null when that is the last.
  static const Node* node_after(const Node& root, const Key& key) {
    const Node* node = &root;
    const Node* after = nullptr;
    while (const Inner* inner = node->inner()) {
      const auto branch = branch_to(*inner, key);
      if (const auto next = std::next(branch); next != inner->end()) after = next->node.get();
      node = branch->node.get();
    }
    return after;
  }

  // ---- Changing: what becomes of a node are branches that its parent has instead of it

  /// Items as nodes of `count_max` at most, equally long.
  template <typename Items>
  static Inner grouped(Items items, std::size_t count_max = kNodeMax) {
    const std::size_t count = (items.size() + count_max - 1) / count_max;
    Inner branches;
    branches.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
      const auto begin = items.begin() + static_cast<std::ptrdiff_t>(items.size() * i / count);
      const auto end = items.begin() + static_cast<std::ptrdiff_t>(items.size() * (i + 1) / count);
      Key first = begin->key;
      branches.push_back({std::move(first), count == 1
                                                ? node_of(std::move(items))
                                                : node_of(Items{std::make_move_iterator(begin),
                                                                std::make_move_iterator(end)})});
    }
    return branches;
  }
  template <typename Items>
  static std::shared_ptr<const Node> node_of(Items items) {
    return std::make_shared<const Node>(Node{std::move(items)});
  }

  /// The node over all of them.
  static std::shared_ptr<const Node> root_over(Inner branches, std::size_t count_max = kNodeMax) {
    while (branches.size() > 1) branches = grouped(std::move(branches), count_max);
    if (branches.empty()) return nullptr;
    std::shared_ptr<const Node> root = std::move(branches.front().node);
    while (root->inner() != nullptr && root->inner()->size() == 1) {
      root = root->inner()->front().node;
    }
    return root;
  }

  /// A copy of `items` with `added` instead of the `gone` ones from `place` on.
  template <typename Items>
  static Items spliced(const Items& items, typename Items::const_iterator place, std::size_t gone,
                       Items added) {
    Items copy;
    copy.reserve(items.size() - gone + added.size());
    copy.insert(copy.end(), items.begin(), place);
    std::move(added.begin(), added.end(), std::back_inserter(copy));
    copy.insert(copy.end(), place + static_cast<std::ptrdiff_t>(gone), items.end());
    return copy;
  }

  static Inner put_in(const Node& node, Leaf added) {
    const Key& key = added.front().key;
    if (const Inner* inner = node.inner()) {
      const auto branch = branch_to(*inner, key);
      return grouped(spliced(*inner, branch, 1, put_in(*branch->node, std::move(added))));
    }
    const auto place = place_of(*node.leaf(), key);
    const bool known = place != node.leaf()->end() && !(key < place->key);
    return grouped(spliced(*node.leaf(), place, known ? 1 : 0, std::move(added)));
  }

  /// `key` is there.
  static Inner take_out(const Node& node, const Key& key) {
    const Inner* inner = node.inner();
    if (inner == nullptr) {
      return grouped(spliced(*node.leaf(), place_of(*node.leaf(), key), 1, {}));
    }
    auto branch = branch_to(*inner, key);
    Inner rest = take_out(*branch->node, key);
    if (!is_short(*rest.front().node)) {
      return grouped(spliced(*inner, branch, 1, std::move(rest)));
    }
    // Together with the node beside it, of which there is one: only a root has a single branch.
    const bool is_last = std::next(branch) == inner->end();
    if (is_last) --branch;
    const Node& left = is_last ? *branch->node : *rest.front().node;
    const Node& right = is_last ? *rest.front().node : *std::next(branch)->node;
    return grouped(spliced(*inner, branch, 2, joined(left, right)));
  }
  static bool is_short(const Node& node) {
    return std::visit([](const auto& items) { return items.size() < kNodeMin; }, node.items);
  }
  static Inner joined(const Node& left, const Node& right) {
    return std::visit(
        [&](const auto& items) {
          using Items = std::decay_t<decltype(items)>;
          return grouped(spliced(items, items.end(), 0, Items{std::get<Items>(right.items)}));
        },
        left.items);
  }

  std::shared_ptr<const Node> root_;
  std::size_t size_ = 0;
};

}  // namespace core
