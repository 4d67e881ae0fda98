#include "tools/oriel/filter/overlaps.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "core/encoding/code_points.h"
#include "registry/match/explain/path_graph.h"
#include "registry/match/explain/subject.h"
#include "registry/match/explain/text.h"

namespace oriel::filter {
namespace {

namespace explain = registry::match::explain;
using explain::Answer;
using explain::PathGraph;

struct Compared {
  const Route* route = nullptr;
  PathGraph graph;
};

void add(const Tried& tried, std::vector<Compared>& all) {
  const auto pattern = core::code_points_of(tried.route->pattern);
  auto subject =
      pattern ? explain::subject_of(*pattern) : core::Unexpected{registry::match::syntax::Flaw{}};
  if (subject && subject->graph) all.push_back({tried.route, *std::move(subject->graph)});
}

std::optional<Overlap> compare(const Compared& one, const Compared& other) {
  auto sample = explain::common_path(one.graph, other.graph);
  if (!sample) return std::nullopt;
  const bool within = explain::covers(other.graph, one.graph) == Answer::yes;
  const bool around = explain::covers(one.graph, other.graph) == Answer::yes;
  Overlap::Kind kind = within ? Overlap::Kind::within : Overlap::Kind::partly;
  if (around) kind = within ? Overlap::Kind::same : Overlap::Kind::around;
  return Overlap{one.route, other.route, kind, *std::move(sample)};
}

}  // namespace

std::vector<Overlap> overlaps_of(const Trial& trial) {
  std::vector<Compared> all;
  for (const Tried& tried : trial.matches) {
    if (all.size() < kOverlapFiltersMax) add(tried, all);
  }
  const std::size_t matches = all.size();
  for (std::size_t i = 0; i < std::min(trial.misses.size(), kNearMissesMax); ++i) {
    if (matches > 0 && all.size() < kOverlapFiltersMax) add(trial.misses[i], all);
  }
  std::vector<Overlap> overlaps;
  for (std::size_t i = 0; i < matches; ++i) {
    for (std::size_t k = i + 1; k < all.size(); ++k) {
      if (auto overlap = compare(all[i], all[k])) overlaps.push_back(*std::move(overlap));
    }
  }
  return overlaps;
}

std::string_view name_of(Overlap::Kind kind) {
  switch (kind) {
    case Overlap::Kind::same:
      return "same";
    case Overlap::Kind::within:
      return "within";
    case Overlap::Kind::around:
      return "around";
    case Overlap::Kind::partly:
      break;
  }
  return "partly";
}

std::string sentence_of(const Overlap& overlap) {
  const bool one_service = overlap.one->service == overlap.other->service;
  const auto name = [&](const Route& route) {
    return explain::shown(one_service ? route.pattern : route.service);
  };
  const std::string one = name(*overlap.one);
  const std::string other = name(*overlap.other);
  switch (overlap.kind) {
    case Overlap::Kind::same:
      return fmt::format("{} and {} have the same paths", one, other);
    case Overlap::Kind::within:
      return fmt::format("all paths of {} are paths of {}", one, other);
    case Overlap::Kind::around:
      return fmt::format("all paths of {} are paths of {}", other, one);
    case Overlap::Kind::partly:
      break;
  }
  return fmt::format("{} and {} both have paths such as {}", one, other, overlap.sample);
}

}  // namespace oriel::filter
