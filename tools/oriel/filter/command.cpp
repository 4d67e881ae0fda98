#include "tools/oriel/filter/command.h"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <memory>
#include <string>

#include "core/encoding/code_points.h"
#include "registry/match/explain/explanation.h"
#include "registry/match/explain/subject.h"
#include "registry/match/stream/stream.h"
#include "tools/oriel/filter/explain_report.h"
#include "tools/oriel/filter/index_keys.h"
#include "tools/oriel/filter/pump.h"
#include "tools/oriel/filter/services.h"
#include "tools/oriel/filter/trial.h"
#include "tools/oriel/settings/exit_codes.h"

namespace oriel::filter {
namespace {

namespace explain = registry::match::explain;

constexpr std::uint64_t kStepsLimit = 100'000'000'000;  // some minutes

struct Given {
  std::string pattern;
  std::string url;
  std::string service;
  std::string data = "oriel-data";
  std::string operator_url;
  std::string output = "table";
  std::uint64_t steps = registry::match::stream::kStreamStepsMax;
  bool all = false;
};

int fail(const std::string& sentence, int code) {
  std::fprintf(stderr, "oriel: %s\n", sentence.c_str());
  return code;
}

bool wants_json(const Given& given) { return given.output == "json"; }

void print(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stdout); }

int run_explain(const Given& given) {
  const auto pattern = core::code_points_of(given.pattern);
  if (!pattern) return fail("the pattern is no UTF-8", kUsage);
  const auto subject = explain::subject_of(*pattern);
  if (!subject) {
    print(wants_json(given) ? flaw_json(*pattern, subject.error())
                            : flaw_text(*pattern, subject.error()));
    return kFailed;
  }
  const Explained explained{*pattern, explain::explain(*subject), index_keys(subject->tree)};
  print(wants_json(given) ? explain_json(explained) : explain_text(explained));
  return kOk;
}

int run_test(const Given& given) {
  const auto asked = asked_of(given.url);
  if (!asked) return fail(asked.error(), kUsage);
  const auto services =
      given.operator_url.empty() ? services_in(given.data) : services_at(given.operator_url);
  if (!services) return fail(services.error().sentence, services.error().exit_code);
  const std::size_t explained_max =
      given.all ? std::numeric_limits<std::size_t>::max() : kNearMissesMax;
  const Trial trial = try_path(*services, asked->path, given.service, explained_max);
  print(wants_json(given) ? trial_json(trial, *asked, *services)
                          : trial_text(trial, *asked, *services));
  return trial.matches.empty() ? kNotFound : kOk;
}

void add_output(CLI::App& command, Given& given) {
  command.add_option("-o,--output", given.output, "table, for people, or json")
      ->check(CLI::IsMember({"table", "json"}))
      ->capture_default_str();
}

void add_test(CLI::App& filter, const std::shared_ptr<Given>& given, int& status) {
  CLI::App* test = filter.add_subcommand(
      "test",
      "Say which services a URL matches, and of the others why not; ends with 7 if none does");
  test->add_option("url", given->url, "a path, or a whole URL")->required();
  test->add_option("--service", given->service, "the filters of this service only");
  test->add_flag("--all", given->all,
                 "explain every filter that does not match, not the nearest only");
  test->add_option("--data", given->data, "data folder of the appliance, which may run or not")
      ->envname("ORIEL_DATA")
      ->capture_default_str();
  test->add_option("--operator", given->operator_url,
                   "URL of a running appliance's operator's listener, instead of --data");
  add_output(*test, *given);
  test->callback([given, &status] { status = run_test(*given); });
}

void add_explain(CLI::App& filter, const std::shared_ptr<Given>& given, int& status) {
  CLI::App* explains = filter.add_subcommand("explain",
                                             "Say what a pattern matches, what of it is dead or "
                                             "redundant, and what it costs; ends with 1 if "
                                             "it does not compile");
  explains->add_option("pattern", given->pattern, "as java.util.regex.Pattern has it")->required();
  add_output(*explains, *given);
  explains->callback([given, &status] { status = run_explain(*given); });
}

void add_match(CLI::App& filter, const std::shared_ptr<Given>& given, int& status) {
  CLI::App* match = filter.add_subcommand("match",
                                          "Answer lines of JSON, {\"pattern\":...,\"input\":...}, "
                                          "each with a line of JSON; ends with 3 if "
                                          "a line was none");
  match->add_option("--steps", given->steps, "what a line may cost before the answer is \"limit\"")
      ->check(CLI::Range(std::uint64_t{1}, kStepsLimit))
      ->capture_default_str();
  match->callback(
      [given, &status] { status = run_stream(STDIN_FILENO, STDOUT_FILENO, given->steps); });
}

}  // namespace

void add_command(CLI::App& app, int& status) {
  CLI::App* filter = app.add_subcommand("filter", "Try and explain URL patterns");
  filter->require_subcommand(1);
  const auto given = std::make_shared<Given>();
  add_test(*filter, given, status);
  add_explain(*filter, given, status);
  add_match(*filter, given, status);
}

}  // namespace oriel::filter
