#include <fmt/format.h>

#include <algorithm>

#include "core/encoding/code_points.h"
#include "registry/match/explain/text.h"
#include "tools/oriel/filter/overlaps.h"
#include "tools/oriel/filter/picture.h"
#include "tools/oriel/filter/trial.h"

namespace oriel::filter {
namespace {

namespace explain = registry::match::explain;

std::string row(const Tried& tried, std::size_t name_width) {
  return fmt::format(
      "  {:>3}  {:<{}}  {}{}\n", tried.route->priority, explain::shown(tried.route->service),
      name_width, explain::shown(tried.route->pattern), tried.route->enabled ? "" : "  (disabled)");
}

std::size_t name_width_of(const std::vector<Tried>& list) {
  constexpr std::size_t kWidthMax = 40;
  std::size_t width = 0;
  for (const Tried& tried : list) width = std::max(width, tried.route->service.size());
  return std::min(width, kWidthMax);
}

std::string rows(std::string_view title, const std::vector<Tried>& list) {
  if (list.empty()) return "";
  std::string out = fmt::format("\n{}\n", title);
  for (const Tried& tried : list) out += row(tried, name_width_of(list));
  return out;
}

std::string overlaps(const Trial& trial) {
  std::string out;
  for (const Overlap& overlap : overlaps_of(trial)) {
    out += fmt::format("{}  {}\n", out.empty() ? "\noverlaps\n" : "", sentence_of(overlap));
  }
  return out;
}

std::string broken(const std::vector<Tried>& list) {
  if (list.empty()) return "";
  std::string out = "\npatterns that do not compile\n";
  for (const Tried& tried : list) {
    out += row(tried, name_width_of(list)) + fmt::format("       {}\n", tried.broken);
  }
  return out;
}

std::string remark_of(const explain::Miss& miss, const std::string& path) {
  if (miss.viable == path.size())
    return fmt::format("ends too early: \"{}\" would go on", miss.missing);
  if (miss.missing.empty()) return "does not fit: the path could have ended before it";
  return fmt::format("does not fit: \"{}\" would go on", miss.missing);
}

std::string miss_picture(const Tried& tried, const std::string& path) {
  if (!tried.dead.empty()) return fmt::format("       no path can match it: {}\n", tried.dead);
  const explain::Miss& miss = *tried.miss;
  std::string out;
  if (miss.viable) {
    const auto text = core::code_points_of(path);
    out = picture(*text, *miss.viable, remark_of(miss, path), 7);
  } else {
    out = "       where it fails depends on a condition of the pattern\n";
  }
  for (const std::string& hint : miss.hints) out += fmt::format("       hint: {}\n", hint);
  return out;
}

std::string misses(const std::vector<Tried>& list, const std::string& path) {
  if (list.empty()) return "";
  const auto shown =
      std::find_if(list.begin(), list.end(), [](const Tried& one) { return !one.miss; });
  const std::vector<Tried> nearest{list.begin(), shown};
  std::string out;
  if (!nearest.empty()) out = "\ndo not match, the nearest first\n";
  for (const Tried& tried : nearest) {
    out += row(tried, name_width_of(nearest)) + miss_picture(tried, path);
  }
  const std::size_t more = list.size() - nearest.size();
  if (more > 0)
    out += fmt::format("\n{} filters more do not match (--all explains them too)\n", more);
  return out;
}

std::string verdict(const Trial& trial) {
  if (!trial.too_costly.empty()) return "a filter needs too many steps: the gateway answers 503\n";
  const auto chain = chain_of(trial);
  if (chain.empty()) return "no service matches\n";
  if (chain.size() == 1) return fmt::format("{} matches\n", explain::shown(chain.front()));
  std::string text = fmt::format("{} services match, one after the other: ", chain.size());
  for (std::size_t i = 0; i < chain.size(); ++i)
    text += (i > 0 ? " -> " : "") + explain::shown(chain[i]);
  return text + "\n";
}

}  // namespace

std::string trial_text(const Trial& trial, const Asked& asked, const Services& services) {
  std::string out = fmt::format("{}\n", asked.path);
  for (const std::string& note : asked.notes) out += fmt::format("  note: {}\n", note);
  out += fmt::format("\n{}", verdict(trial));
  out += rows("match, in the order of the chain", trial.matches);
  out += overlaps(trial);
  out += rows("need more steps than the gateway grants", trial.too_costly);
  out += rows("would match if their service were enabled", trial.disabled);
  out += broken(trial.broken);
  out += misses(trial.misses, asked.path);
  out += fmt::format("\n{} filters of {}\n", services.routes.size(), services.origin);
  return out;
}

}  // namespace oriel::filter
