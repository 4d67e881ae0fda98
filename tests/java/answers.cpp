// Answers lines {"pattern":…,"input":…} as `oriel filter match` does, from all engines at once:
// what the fuzzer of this folder asks when the engines alone are to be looked at.

#include <cstdint>
#include <iostream>
#include <optional>
#include <string>
#include <string_view>

#include "tests/java/engines.h"
#include "tests/java/json_line.h"

namespace {

using registry::match::engine::Capture;
using registry::match::engine::Verdict;

/// The last pattern; pairs with the same one come in a row.
struct Compiled {
  std::u32string pattern;
  std::optional<java::Engines> engines;  // absent when refused
  std::string refusal;
};

Compiled compile(std::u32string pattern) {
  auto engines = java::Engines::compile(pattern);
  Compiled compiled;
  compiled.pattern = std::move(pattern);
  if (engines) {
    compiled.engines = std::move(*engines);
  } else {
    compiled.refusal = engines.error().reason + " at " + std::to_string(engines.error().position);
  }
  return compiled;
}

void append_group(std::string& line, const Capture& capture, const std::u32string& input) {
  if (capture.first == Capture::kNoPlace) {
    line += "null";
    return;
  }
  java::append_quoted(line, input.substr(capture.first, capture.last - capture.first));
}

std::string unanswered(bool compiles, std::string_view error) {
  std::string line = compiles ? R"({"compiles":true,"matches":false,"error":)"
                              : R"({"compiles":false,"matches":false,"error":)";
  java::append_quoted(line, std::u32string{error.begin(), error.end()});
  return line + "}";
}

std::string answer(const Compiled& compiled, const std::u32string& input, std::uint64_t steps_max) {
  if (!compiled.engines) return unanswered(false, compiled.refusal);
  const java::Engines::Answer answer = compiled.engines->answer(input, steps_max);
  if (!answer.disagreement.empty()) return unanswered(true, answer.disagreement);
  if (answer.verdict == Verdict::over_budget) return unanswered(true, "limit");
  if (answer.verdict == Verdict::no) return R"({"compiles":true,"matches":false,"error":null})";
  std::string line = R"({"compiles":true,"matches":true,"error":null,"groups":{)";
  const char* comma = "";
  for (const auto& [name, number] : compiled.engines->group_names()) {
    line += comma + ("\"" + name + "\":");
    append_group(line, answer.captures[number], input);
    comma = ",";
  }
  return line + "}}";
}

}  // namespace

int main(int count, char** arguments) {
  std::uint64_t steps_max = java::Engines::kStepsMax;
  if (count == 3 && arguments[1] == std::string_view{"--steps"}) {
    steps_max = std::stoull(arguments[2]);
  }
  std::ios::sync_with_stdio(false);
  Compiled compiled = compile(U"");
  for (std::string line; std::getline(std::cin, line);) {
    auto pair = java::read_pair(line);
    if (!pair) {
      std::cerr << "no pair: " << line << '\n';
      return 1;
    }
    if (pair->pattern != compiled.pattern) compiled = compile(std::move(pair->pattern));
    std::cout << answer(compiled, pair->input, steps_max) << '\n';
    if (std::cin.rdbuf()->in_avail() == 0) std::cout.flush();
  }
}
