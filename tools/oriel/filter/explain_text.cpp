#include <fmt/format.h>

#include "registry/match/explain/hints.h"
#include "registry/match/explain/text.h"
#include "tools/oriel/filter/explain_report.h"
#include "tools/oriel/filter/picture.h"

namespace oriel::filter {
namespace {

namespace explain = registry::match::explain;

constexpr std::size_t kKeysShownMax = 8;

std::string section(std::string_view name) { return fmt::format("\n{}\n", name); }

std::string alternatives(const explain::Explanation& all) {
  std::string out = section(all.alternatives.size() > 1 ? "matches a path that is one of"
                                                        : "matches a path that is");
  std::size_t number = 0;
  for (const explain::Alternative& one : all.alternatives) {
    out += all.alternatives.size() > 1 ? fmt::format("  {:>2}  {}\n", ++number, one.words)
                                       : fmt::format("  {}\n", one.words);
    for (const std::string& sample : one.samples) out += fmt::format("      e.g. {}\n", sample);
  }
  if (all.alternatives_left_out > 0) {
    out += fmt::format("  and {} alternatives more\n", all.alternatives_left_out);
  }
  return out;
}

std::string dead(const explain::Dead& dead) {
  if (dead.branches.empty()) return "";
  std::string out = section(dead.all ? "matches nothing: no path can match it"
                                     : "dead branches, which no path can match");
  for (const explain::DeadBranch& branch : dead.branches) {
    out += fmt::format("  at {:<4} \"{}\"\n            {}\n", branch.position, branch.text,
                       branch.why);
  }
  if (!dead.hint.empty()) out += fmt::format("  hint: {}\n", dead.hint);
  return out;
}

std::string redundant(const explain::Redundant& redundant) {
  if (redundant.parts.empty()) return "";
  std::string out = section("redundant parts");
  for (const explain::RedundantPart& part : redundant.parts) {
    out += fmt::format("  at {:<4} \"{}\"\n            {}\n", part.position, part.text, part.why);
  }
  return out;
}

std::string way(const explain::Linearity& linearity) {
  if (linearity.linear()) {
    return section("matched in linear time") +
           fmt::format("  an automaton of {} states reads the path once\n", linearity.states);
  }
  const explain::Backtracks& why = *linearity.backtracks;
  std::string out = section("matched by backtracking") + fmt::format("  {}", why.why);
  if (why.position) out += fmt::format(": {} at position {}", why.part, *why.position);
  return out + "\n";
}

std::string cost_line(const explain::Cost& cost, std::size_t octets) {
  if (cost.over_budget) {
    return fmt::format(
        "  paths of {} octets: more than {} steps, and then the gateway answers 503\n", octets,
        explain::kStepsMax);
  }
  return fmt::format("  paths of {} octets: {} steps\n", octets, cost.steps);
}

std::string cost(const explain::CostEstimate& cost) {
  std::string out = section(
      cost.is_bound
          ? "cost at most"
          : fmt::format("cost at worst, as measured on {} paths made to be expensive", cost.tried));
  if (cost.is_bound) {
    return out +
           fmt::format("  one look at a table for each octet of the path: {} of them for 8 KiB\n",
                       cost.at_long.steps);
  }
  out += cost_line(cost.at_short, explain::kShortPathOctets);
  out += cost_line(cost.at_long, explain::kLongPathOctets);
  const explain::Cost& shown = cost.at_short.over_budget ? cost.at_short : cost.at_long;
  if (shown.over_budget) {
    constexpr std::size_t kShownMax = 60;
    out += fmt::format("  such as {}{}\n", shown.path.substr(0, kShownMax),
                       shown.path.size() > kShownMax ? "..." : "");
  }
  return out;
}

std::string index(const Explained& explained) {
  if (explained.explanation.dead.all) return "";
  const std::vector<std::string>& keys = explained.index_keys;
  if (keys.empty()) {
    return section("index") + "  none of its literals help: it is tried on every path\n";
  }
  std::string out = section("index: tried only on a path that");
  for (std::size_t i = 0; i < keys.size() && i < kKeysShownMax; ++i) {
    out += fmt::format("  {}{}\n", i > 0 ? "or " : "", keys[i]);
  }
  if (keys.size() > kKeysShownMax) {
    out += fmt::format("  or one of {} more\n", keys.size() - kKeysShownMax);
  }
  return out;
}

}  // namespace

std::string explain_text(const Explained& explained) {
  const explain::Explanation& all = explained.explanation;
  std::string out = fmt::format("{}\n", explain::shown(explained.pattern));
  out += alternatives(all) + dead(all.dead) + redundant(all.redundant);
  out += way(all.linearity) + cost(all.cost) + index(explained);
  return out;
}

std::string flaw_text(std::u32string_view pattern, const registry::match::syntax::Flaw& flaw) {
  std::string out =
      fmt::format("this is no pattern: {} at position {}\n\n", flaw.reason, flaw.position);
  out += picture(pattern, flaw.position, "", 2);
  const std::string hint = explain::hint_for(pattern, flaw);
  if (!hint.empty()) out += fmt::format("\nhint: {}\n", hint);
  return out;
}

}  // namespace oriel::filter
