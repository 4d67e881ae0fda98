#include "tools/oriel/filter/trial.h"

#include <algorithm>
#include <utility>

#include "core/encoding/code_points.h"
#include "registry/match/explain/dead.h"
#include "registry/match/explain/subject.h"

namespace oriel::filter {
namespace {

namespace explain = registry::match::explain;
using registry::match::engine::Verdict;

void try_one(const Route& route, const std::string& path, Trial& trial) {
  Tried tried;
  tried.route = &route;
  const auto pattern = core::code_points_of(route.pattern);
  if (!pattern) {
    tried.broken = "it is no UTF-8";
    return trial.broken.push_back(std::move(tried));
  }
  const auto glance = explain::glance_at(*pattern, path);
  if (!glance) {
    tried.broken =
        glance.error().reason + " at position " + std::to_string(glance.error().position);
    return trial.broken.push_back(std::move(tried));
  }
  tried.verdict = glance->verdict;
  tried.viable = glance->viable;
  if (tried.verdict == Verdict::over_budget) return trial.too_costly.push_back(std::move(tried));
  if (tried.verdict == Verdict::no) return trial.misses.push_back(std::move(tried));
  (route.enabled ? trial.matches : trial.disabled).push_back(std::move(tried));
}

/// Of a miss whose place nobody knows only conditions failed, which is near.
std::size_t nearness(const Tried& tried) {
  return tried.viable.value_or(static_cast<std::size_t>(-1));
}

void explain_miss(Tried& tried, const std::string& path) {
  const auto pattern = core::code_points_of(tried.route->pattern);
  const auto subject = explain::subject_of(*pattern);
  if (!subject) return;
  if (!subject->graph || subject->graph->empty()) {
    const auto dead = explain::dead_branches(subject->tree, subject->pattern);
    if (dead.all) tried.dead = dead.branches.front().why;
  }
  tried.miss = explain::miss_of(*subject, path);
}

}  // namespace

Trial try_path(const Services& services, const std::string& path, std::string_view only_service,
               std::size_t explained_max) {
  Trial trial;
  for (const Route& route : services.routes) {
    if (only_service.empty() || route.service == only_service) try_one(route, path, trial);
  }
  std::stable_sort(trial.misses.begin(), trial.misses.end(),
                   [](const Tried& a, const Tried& b) { return nearness(a) > nearness(b); });
  for (std::size_t i = 0; i < trial.misses.size() && i < explained_max; ++i) {
    explain_miss(trial.misses[i], path);
  }
  return trial;
}

std::vector<std::string> chain_of(const Trial& trial) {
  std::vector<std::string> chain;
  for (const Tried& tried : trial.matches) {
    const std::string& service = tried.route->service;
    if (chain.empty() || chain.back() != service) chain.push_back(service);
  }
  return chain;
}

}  // namespace oriel::filter
