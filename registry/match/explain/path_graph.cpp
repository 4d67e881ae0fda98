#include "registry/match/explain/path_graph.h"

#include <algorithm>
#include <unordered_map>

namespace registry::match::explain {
namespace {

using State = PathGraph::State;

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

std::size_t index_of(char octet) { return kPathOctets.find(octet); }

char in_other_case(char c) {
  const bool is_letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  return is_letter ? static_cast<char>(c ^ 0x20) : c;
}

/// A place of a search and how it was come to: the step before it, and the octet from there.
struct Step {
  State left = 0;
  State right = 0;
  std::size_t before = kNone;
  std::size_t octet = 0;
};

std::string spelled(const std::vector<Step>& steps, std::size_t last) {
  std::string text;
  for (std::size_t at = last; steps[at].before != kNone; at = steps[at].before) {
    text.push_back(kPathOctets[steps[at].octet]);
  }
  std::reverse(text.begin(), text.end());
  return text;
}

/// Two graphs walked side by side, breadth first. kNowhere stands for a graph that the walk has
/// left; `left` never leaves its own.
class Pairs {
 public:
  Pairs(const PathGraph& left, const PathGraph& right) : left_(left), right_(right) {
    add({PathGraph::kStart, PathGraph::kStart, kNone, 0});
  }

  /// The first place where `found(left, right)`, as a place in steps(); kNone when there is none.
  template <typename Found>
  std::size_t search(Found&& found) {
    for (std::size_t at = 0; at < steps_.size(); ++at) {
      if (found(steps_[at].left, steps_[at].right)) return at;
      for (std::size_t octet = 0; octet < kPathOctets.size(); ++octet) {
        const State left = left_.next(steps_[at].left, octet);
        if (left == PathGraph::kNowhere) continue;
        const State here = steps_[at].right;
        const State right =
            here == PathGraph::kNowhere ? PathGraph::kNowhere : right_.next(here, octet);
        if (!add({left, right, at, octet})) return kNone;
      }
    }
    return kNone;
  }
  [[nodiscard]] bool gave_up() const { return gave_up_; }
  [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }

 private:
  bool add(const Step& step) {
    const std::uint64_t pair = std::uint64_t{step.left} << 32U | step.right;
    if (!seen_.emplace(pair, true).second) return true;
    if (steps_.size() == kPairsMax) return gave_up_ = true, false;
    steps_.push_back(step);
    return true;
  }

  const PathGraph& left_;
  const PathGraph& right_;
  std::vector<Step> steps_;
  std::unordered_map<std::uint64_t, bool> seen_;
  bool gave_up_ = false;
};

}  // namespace

PathGraph::PathGraph(const engine::Automaton& automaton) {
  take_edges(automaton);
  drop_dead_ends();
}

/// State 0 is before the path, from where only '/' leads on; state n + 1 is the automaton's n.
void PathGraph::take_edges(const engine::Automaton& automaton) {
  Edges none{};
  none.fill(kNowhere);
  edges_.assign(automaton.state_count() + 1, none);
  ends_.assign(automaton.state_count() + 1, false);
  for (engine::Automaton::State state = 0; state < automaton.state_count(); ++state) {
    ends_[state + 1U] = automaton.is_accepting(state);
    for (std::size_t octet = 0; octet < kPathOctets.size(); ++octet) {
      const auto next = automaton.step(state, static_cast<unsigned char>(kPathOctets[octet]));
      if (!engine::Automaton::is_dead(next)) edges_[state + 1U][octet] = next + 1U;
    }
  }
  edges_[kStart][kSlash] = edges_[automaton.start() + 1U][kSlash];
}

void PathGraph::drop_dead_ends() {
  std::vector<std::vector<State>> before(size());
  for (State state = 0; state < size(); ++state) {
    for (const State next : edges_[state]) {
      if (next != kNowhere) before[next].push_back(state);
    }
  }
  std::vector<bool> lives = ends_;
  std::vector<State> open;
  for (State state = 0; state < size(); ++state) {
    if (lives[state]) open.push_back(state);
  }
  while (!open.empty()) {
    const State state = open.back();
    open.pop_back();
    for (const State earlier : before[state]) {
      if (!lives[earlier]) open.push_back(earlier);
      lives[earlier] = true;
    }
  }
  for (Edges& edges : edges_) {
    for (State& next : edges) {
      if (next != kNowhere && !lives[next]) next = kNowhere;
    }
  }
}

std::optional<std::string> PathGraph::shortest_from(State start) const {
  std::vector<Step> steps{{start, 0, kNone, 0}};
  std::vector<bool> seen(size(), false);
  seen[start] = true;
  for (std::size_t at = 0; at < steps.size(); ++at) {
    if (ends_[steps[at].left]) return spelled(steps, at);
    for (std::size_t octet = 0; octet < kPathOctets.size(); ++octet) {
      const State next = edges_[steps[at].left][octet];
      if (next == kNowhere || seen[next]) continue;
      seen[next] = true;
      steps.push_back({next, 0, at, octet});
    }
  }
  return std::nullopt;
}

PathGraph::Reached PathGraph::follow(std::string_view path) const {
  Reached reached;
  for (const char c : path) {
    const std::size_t octet = index_of(c);
    const State next = octet == std::string_view::npos ? kNowhere : edges_[reached.state][octet];
    if (next == kNowhere) break;
    reached = {next, reached.octets + 1};
  }
  return reached;
}

bool PathGraph::has(std::string_view path) const {
  const Reached reached = follow(path);
  return reached.octets == path.size() && is_end(reached.state);
}

std::optional<std::string> PathGraph::in_another_case(std::string_view path) const {
  // Layer by layer: the states that some spelling of the path so far leads to, each with one state
  // before it and the octet from there.
  struct Way {
    State before;
    char octet;
  };
  std::vector<std::unordered_map<State, Way>> layers{{{kStart, {kNowhere, 0}}}};
  std::size_t steps = 0;
  for (const char c : path) {
    std::unordered_map<State, Way> layer;
    for (const auto& [state, unused] : layers.back()) {
      for (const char way : {c, in_other_case(c)}) {
        const std::size_t octet = index_of(way);
        if (octet == std::string_view::npos || edges_[state][octet] == kNowhere) continue;
        layer.emplace(edges_[state][octet], Way{state, way});
      }
    }
    steps += layer.size();
    if (layer.empty() || steps > kPairsMax) return std::nullopt;
    layers.push_back(std::move(layer));
  }
  const auto end = std::find_if(layers.back().begin(), layers.back().end(),
                                [&](const auto& entry) { return is_end(entry.first); });
  if (end == layers.back().end()) return std::nullopt;
  std::string spelling(path.size(), '/');
  State state = end->first;
  for (std::size_t at = path.size(); at > 0; --at) {
    const Way way = layers[at].at(state);
    spelling[at - 1] = way.octet;
    state = way.before;
  }
  return spelling;
}

Answer covers(const PathGraph& whole, const PathGraph& part) {
  Pairs pairs{part, whole};
  const std::size_t found = pairs.search([&](State in_part, State in_whole) {
    // From every state of `part` an end can be reached.
    return in_whole == PathGraph::kNowhere || (part.is_end(in_part) && !whole.is_end(in_whole));
  });
  if (found != kNone) return Answer::no;
  return pairs.gave_up() ? Answer::unknown : Answer::yes;
}

std::optional<std::string> common_path(const PathGraph& left, const PathGraph& right) {
  Pairs pairs{left, right};
  const std::size_t found = pairs.search([&](State in_left, State in_right) {
    return in_right != PathGraph::kNowhere && left.is_end(in_left) && right.is_end(in_right);
  });
  if (found == kNone) return std::nullopt;
  return spelled(pairs.steps(), found);
}

}  // namespace registry::match::explain
