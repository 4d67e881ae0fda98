// A pattern: it is read or refused with a reason and a place in it. What is read is a tree whose
// nodes have their children before them and lie within the pattern, and every engine takes it.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "core/base/check.h"
#include "registry/match/engine/automaton.h"
#include "registry/match/engine/backtracker.h"
#include "registry/match/syntax/parse.h"
#include "tests/fuzz/wide_text.h"

namespace {

namespace syntax = registry::match::syntax;

class Checker {
 public:
  Checker(const syntax::Tree& tree, std::size_t length) : tree_(tree), length_(length) {}

  void check() {
    CORE_CHECK(tree_.root < tree_.nodes.size());
    for (node_ = 0; node_ < tree_.nodes.size(); ++node_) {
      const syntax::Node& node = tree_[node_];
      CORE_CHECK(node.extent.first <= node.extent.last && node.extent.last <= length_);
      std::visit(*this, node.is);
    }
    std::uint32_t last = 0;
    for (const auto& [name, number] : tree_.group_names) {
      CORE_CHECK(!name.empty() && number > last && number <= tree_.group_count);
      last = number;
    }
  }

  void operator()(const syntax::Sequence& sequence) const { children(sequence.parts); }
  void operator()(const syntax::Alternation& alternation) const { children(alternation.branches); }
  void operator()(const syntax::Repeat& repeat) const {
    CORE_CHECK(repeat.min <= repeat.max);
    child(repeat.body);
  }
  void operator()(const syntax::Group& group) const {
    CORE_CHECK(group.number > 0 && group.number <= tree_.group_count);
    child(group.body);
  }
  void operator()(const syntax::Atomic& atomic) const { child(atomic.body); }
  void operator()(const syntax::Look& look) const { child(look.body); }
  template <typename Leaf>
  void operator()(const Leaf& /*leaf*/) const {}

 private:
  void child(syntax::NodeId id) const { CORE_CHECK(id < node_); }
  void children(const std::vector<syntax::NodeId>& ids) const {
    CORE_CHECK(ids.size() >= 2);
    for (const syntax::NodeId id : ids) child(id);
  }

  const syntax::Tree& tree_;
  std::size_t length_;
  syntax::NodeId node_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kInputMax = 2048;
  if (size > kInputMax) return 0;
  const auto pattern = fuzz::wide_text({reinterpret_cast<const char*>(data), size});
  const auto tree = syntax::parse(pattern);
  if (!tree) {
    CORE_CHECK(!tree.error().reason.empty() && tree.error().position <= pattern.size());
    return 0;
  }
  Checker{*tree, pattern.size()}.check();
  static_cast<void>(registry::match::engine::Backtracker{*tree});
  static_cast<void>(registry::match::engine::Automaton::build(*tree));
  return 0;
}
