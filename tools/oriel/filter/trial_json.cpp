#include "core/json/writer.h"
#include "core/memory/buffer.h"
#include "tools/oriel/filter/overlaps.h"
#include "tools/oriel/filter/trial.h"

namespace oriel::filter {
namespace {

using core::json::Writer;

void strings(Writer& out, std::string_view name, const std::vector<std::string>& texts) {
  out.key(name);
  out.begin_array();
  for (const std::string& text : texts) out.string(text);
  out.end_array();
}

void miss(Writer& out, const Tried& tried) {
  if (tried.viable) out.member("viable_octets", std::uint64_t{*tried.viable});
  if (!tried.dead.empty()) out.member("dead", tried.dead);
  if (!tried.miss) return;
  if (!tried.miss->missing.empty()) out.member("missing", tried.miss->missing);
  strings(out, "hints", tried.miss->hints);
}

void list(Writer& out, std::string_view name, const std::vector<Tried>& all) {
  out.key(name);
  out.begin_array();
  for (const Tried& tried : all) {
    out.begin_object();
    out.member("service", tried.route->service);
    out.member("priority", tried.route->priority);
    out.member("enabled", tried.route->enabled);
    out.member("pattern", tried.route->pattern);
    if (!tried.broken.empty()) out.member("error", tried.broken);
    if (name == "misses") miss(out, tried);
    out.end_object();
  }
  out.end_array();
}

void overlaps(Writer& out, const Trial& trial) {
  out.key("overlaps");
  out.begin_array();
  for (const Overlap& overlap : overlaps_of(trial)) {
    out.begin_object();
    strings(out, "services", {overlap.one->service, overlap.other->service});
    strings(out, "patterns", {overlap.one->pattern, overlap.other->pattern});
    out.member("kind", name_of(overlap.kind));
    out.member("sample", overlap.sample);
    out.end_object();
  }
  out.end_array();
}

}  // namespace

std::string trial_json(const Trial& trial, const Asked& asked, const Services& services) {
  core::Buffer text;
  Writer out{text};
  out.begin_object();
  out.member("path", asked.path);
  strings(out, "notes", asked.notes);
  out.member("origin", services.origin);
  strings(out, "chain", chain_of(trial));
  list(out, "matches", trial.matches);
  overlaps(out, trial);
  list(out, "over_budget", trial.too_costly);
  list(out, "disabled", trial.disabled);
  list(out, "broken", trial.broken);
  list(out, "misses", trial.misses);
  out.end_object();
  text.append("\n");
  return std::string{text.text()};
}

}  // namespace oriel::filter
