#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/match/engine/automaton.h"
#include "registry/match/explain/paths.h"

namespace registry::match::explain {

/// Pairs of states that a comparison of two graphs looks at before it gives up.
inline constexpr std::size_t kPairsMax = 100'000;

/// The paths that a pattern matches, as a graph: an automaton without what no path can take. What
/// does not begin with '/' or has other octets than kPathOctets is not in it.
///
/// Invariant: from every state that an edge leads to, an end can be reached.
class PathGraph {
 public:
  using State = std::uint32_t;
  static constexpr State kNowhere = static_cast<State>(-1);
  static constexpr State kStart = 0;

  explicit PathGraph(const engine::Automaton& automaton);

  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  /// Where the octet kPathOctets[octet] leads.
  [[nodiscard]] State next(State state, std::size_t octet) const { return edges_[state][octet]; }
  [[nodiscard]] bool is_end(State state) const { return ends_[state]; }
  /// Whether it has no path.
  [[nodiscard]] bool empty() const { return edges_[kStart][kSlash] == kNowhere; }

  /// A shortest path, in readable octets where there is a choice.
  [[nodiscard]] std::optional<std::string> shortest() const { return shortest_from(kStart); }
  /// What would have to follow at least, from a state on; empty when that is an end.
  [[nodiscard]] std::optional<std::string> shortest_from(State state) const;
  /// The state behind the octets of `path` that can begin a match, and how many these are.
  struct Reached {
    State state = kStart;
    std::size_t octets = 0;
  };
  [[nodiscard]] Reached follow(std::string_view path) const;
  [[nodiscard]] bool has(std::string_view path) const;
  /// A path of it that is `path` but for the case of letters.
  [[nodiscard]] std::optional<std::string> in_another_case(std::string_view path) const;

 private:
  static constexpr std::size_t kSlash = 0;  // kPathOctets begins with it
  using Edges = std::array<State, kPathOctets.size()>;

  void take_edges(const engine::Automaton& automaton);
  void drop_dead_ends();

  std::vector<Edges> edges_;
  std::vector<bool> ends_;
};

enum class Answer : std::uint8_t { no, yes, unknown };

/// Whether every path of `part` is one of `whole`; unknown beyond kPairsMax.
[[nodiscard]] Answer covers(const PathGraph& whole, const PathGraph& part);

/// A shortest path that both have; nullopt when there is none, or none was found in kPairsMax.
[[nodiscard]] std::optional<std::string> common_path(const PathGraph& left, const PathGraph& right);

}  // namespace registry::match::explain
