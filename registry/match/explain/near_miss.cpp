#include "registry/match/explain/near_miss.h"

#include <algorithm>
#include <utility>

#include "core/base/hex.h"
#include "registry/match/explain/rewrite.h"

namespace registry::match::explain {
namespace {

constexpr std::size_t kMissingMax = 60;  // octets of a continuation that are shown

/// The path with escapes of printable ASCII decoded, others left.
std::string decoded(std::string_view path) {
  std::string text;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const bool is_escape = path[i] == '%' && path.size() - i > 2;
    const int high = is_escape ? core::hex_digit_value(path[i + 1]) : -1;
    const int low = is_escape ? core::hex_digit_value(path[i + 2]) : -1;
    const int value = high * 16 + low;
    if (high < 0 || low < 0 || value < 0x20 || value > 0x7E) {
      text.push_back(path[i]);
      continue;
    }
    text.push_back(static_cast<char>(value));
    i += 2;
  }
  return text;
}

std::string with_single_slashes(std::string_view path) {
  std::string text;
  for (const char c : path) {
    if (c != '/' || text.empty() || text.back() != '/') text.push_back(c);
  }
  return text;
}

std::string in_small_letters(std::string_view path) {
  std::string text{path};
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 0x20);
  }
  return text;
}

/// Tries paths that somebody may have meant.
class Hints {
 public:
  Hints(const Subject& subject, std::string_view path) : subject_(subject), path_(path) {}

  std::vector<std::string> all() {
    if (path_.ends_with('/')) {
      try_path(path_.substr(0, path_.size() - 1), "without the / at its end it matches");
    } else {
      try_path(std::string{path_} + "/", "with a / at its end it matches");
    }
    try_path(with_single_slashes(path_), "with one / in place of several it matches");
    try_path(decoded(path_), "paths are matched as they were sent: only decoded it would match");
    try_case();
    try_path("/api" + std::string{path_}, "with /api before it it matches");
    const std::size_t second = path_.find('/', 1);
    if (second != std::string_view::npos) {
      try_path(path_.substr(second), "without its first part it matches");
    }
    return std::move(hints_);
  }

 private:
  void try_path(std::string_view path, std::string_view what) {
    if (path == path_ || path.empty()) return;
    if (verdict_of(subject_, path) != engine::Verdict::yes) return;
    hints_.push_back(std::string{what} + ": " + std::string{path});
  }
  void try_case() {
    constexpr std::string_view kWhat = "letters count as they are: in another case it matches";
    if (!subject_.graph) return try_path(in_small_letters(path_), kWhat);
    if (const auto other = subject_.graph->in_another_case(path_)) try_path(*other, kWhat);
  }

  const Subject& subject_;
  std::string_view path_;
  std::vector<std::string> hints_;
};

/// Of a larger pattern than one that is not regular.
std::optional<PathGraph> graph_around(const Subject& subject) {
  const auto larger = engine::Automaton::build(relaxed(subject.tree));
  if (!larger) return std::nullopt;
  return PathGraph{*larger};
}

}  // namespace

core::Result<Glance, syntax::Flaw> glance_at(std::u32string_view pattern, std::string_view path) {
  const auto tree = syntax::parse(pattern);
  if (!tree) return core::Unexpected{tree.error()};
  if (const auto automaton = engine::Automaton::build(*tree)) {
    if (automaton->matches(path)) return Glance{engine::Verdict::yes, path.size()};
    return Glance{engine::Verdict::no, automaton->viable_prefix(path)};
  }
  const auto verdict = engine::Backtracker{*tree}.match(path, kStepsMax).verdict;
  if (verdict == engine::Verdict::yes) return Glance{verdict, path.size()};
  const auto larger = engine::Automaton::build(relaxed(*tree));
  if (!larger || larger->matches(path)) return Glance{verdict, std::nullopt};
  return Glance{verdict, larger->viable_prefix(path)};
}

Miss miss_of(const Subject& subject, std::string_view path) {
  Miss miss;
  std::optional<PathGraph> larger;
  if (!subject.graph) larger = graph_around(subject);
  if (const auto& graph = subject.graph ? subject.graph : larger) {
    const PathGraph::Reached reached = graph->follow(path);
    const bool only_conditions = reached.octets == path.size() && graph->is_end(reached.state);
    if (!only_conditions) {
      miss.viable = reached.octets;
      miss.missing = graph->shortest_from(reached.state).value_or("");
      if (miss.missing.size() > kMissingMax)
        miss.missing = miss.missing.substr(0, kMissingMax) + "...";
    }
  }
  miss.hints = Hints{subject, path}.all();
  return miss;
}

}  // namespace registry::match::explain
