#include "core/json/writer.h"
#include "core/memory/buffer.h"
#include "registry/match/explain/hints.h"
#include "registry/match/explain/text.h"
#include "tools/oriel/filter/explain_report.h"

namespace oriel::filter {
namespace {

namespace explain = registry::match::explain;
using core::json::Writer;

void strings(Writer& out, std::string_view name, const std::vector<std::string>& texts) {
  out.key(name);
  out.begin_array();
  for (const std::string& text : texts) out.string(text);
  out.end_array();
}

void alternatives(Writer& out, const explain::Explanation& all) {
  out.key("alternatives");
  out.begin_array();
  for (const explain::Alternative& one : all.alternatives) {
    out.begin_object();
    out.member("text", one.text);
    out.member("position", std::uint64_t{one.position});
    out.member("words", one.words);
    strings(out, "samples", one.samples);
    out.end_object();
  }
  out.end_array();
  out.member("alternatives_left_out", std::uint64_t{all.alternatives_left_out});
}

template <typename Parts>
void parts(Writer& out, std::string_view name, const Parts& all) {
  out.key(name);
  out.begin_array();
  for (const auto& part : all) {
    out.begin_object();
    out.member("text", part.text);
    out.member("position", std::uint64_t{part.position});
    out.member("why", part.why);
    out.end_object();
  }
  out.end_array();
}

void linearity(Writer& out, const explain::Linearity& linearity) {
  out.member("linear", linearity.linear());
  if (linearity.linear()) return out.member("states", std::uint64_t{linearity.states});
  const explain::Backtracks& why = *linearity.backtracks;
  out.key("backtracks");
  out.begin_object();
  out.member("why", why.why);
  if (why.position) {
    out.member("text", why.part);
    out.member("position", std::uint64_t{*why.position});
  }
  out.end_object();
}

void cost_at(Writer& out, std::string_view name, const explain::Cost& cost, std::size_t octets) {
  out.key(name);
  out.begin_object();
  out.member("octets", std::uint64_t{octets});
  out.member("steps", cost.steps);
  out.member("over_budget", cost.over_budget);
  if (!cost.path.empty()) out.member("path", cost.path);
  out.end_object();
}

void cost(Writer& out, const explain::CostEstimate& cost) {
  out.key("cost");
  out.begin_object();
  out.member("kind", cost.is_bound ? "bound" : "measured");
  out.member("tried", std::uint64_t{cost.tried});
  cost_at(out, "short", cost.at_short, explain::kShortPathOctets);
  cost_at(out, "long", cost.at_long, explain::kLongPathOctets);
  out.end_object();
}

std::string line_of(core::Buffer& text) {
  text.append("\n");
  return std::string{text.text()};
}

}  // namespace

std::string explain_json(const Explained& explained) {
  const explain::Explanation& all = explained.explanation;
  core::Buffer text;
  Writer out{text};
  out.begin_object();
  out.member("pattern", explain::shown(explained.pattern));
  out.member("compiles", true);
  out.member("matches_nothing", all.dead.all);
  alternatives(out, all);
  parts(out, "dead", all.dead.branches);
  if (!all.dead.hint.empty()) out.member("hint", all.dead.hint);
  parts(out, "redundant", all.redundant.parts);
  linearity(out, all.linearity);
  cost(out, all.cost);
  strings(out, "index", explained.index_keys);
  strings(out, "groups", all.group_names);
  strings(out, "warnings", explain::warnings_of(all));
  out.end_object();
  return line_of(text);
}

std::string flaw_json(std::u32string_view pattern, const registry::match::syntax::Flaw& flaw) {
  core::Buffer text;
  Writer out{text};
  out.begin_object();
  out.member("pattern", explain::shown(pattern));
  out.member("compiles", false);
  out.member("error", flaw.reason);
  out.member("position", std::uint64_t{flaw.position});
  const std::string hint = explain::hint_for(pattern, flaw);
  if (!hint.empty()) out.member("hint", hint);
  out.end_object();
  return line_of(text);
}

}  // namespace oriel::filter
