#pragma once

#include <cstddef>
#include <optional>

#include "registry/match/explain/path_graph.h"
#include "registry/match/explain/rewrite.h"
#include "registry/match/syntax/tree.h"

namespace registry::match::explain {

/// Makes graphs of patterns until it has made too many, so that no pattern takes for ever to
/// explain.
class Workshop {
 public:
  Workshop(std::size_t graphs_max, std::size_t states_max)
      : graphs_left_(graphs_max), states_left_(states_max) {}

  /// nullopt when the pattern is not regular, or when this graph would be too much.
  [[nodiscard]] std::optional<PathGraph> graph_of(const syntax::Tree& tree) {
    if (graphs_left_ == 0) return ran_out_ = true, std::nullopt;
    --graphs_left_;
    const auto automaton = engine::Automaton::build(for_paths(tree));
    if (!automaton) return std::nullopt;
    if (automaton->state_count() > states_left_) return ran_out_ = true, std::nullopt;
    states_left_ -= automaton->state_count();
    return PathGraph{*automaton};
  }
  [[nodiscard]] bool ran_out() const { return ran_out_; }

 private:
  std::size_t graphs_left_;
  std::size_t states_left_;
  bool ran_out_ = false;
};

}  // namespace registry::match::explain
