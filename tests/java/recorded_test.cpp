// What JDK 17 answered, where there is none: tests/java/README.md says how recorded/ is made.

#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "registry/match/syntax/parse.h"
#include "tests/java/engines.h"
#include "tests/java/recorded.h"

namespace {

using java::Engines;
using java::RecordedLine;
using registry::match::engine::Capture;
using registry::match::engine::Verdict;

constexpr std::size_t kPairsMin = 20'000;
constexpr int kDifferencesShown = 20;

std::filesystem::path recorded(const char* name) {
  return std::filesystem::path{ORIEL_SOURCE_DIR} / "tests/java/recorded" / name;
}

/// Counts differences and shows the first of them.
class Differences {
 public:
  explicit Differences(const char* file) : file_(file) {}
  ~Differences() { EXPECT_EQ(count_, 0) << "differences in " << file_; }
  Differences(const Differences&) = delete;
  Differences& operator=(const Differences&) = delete;

  void add(const RecordedLine& line, std::u32string_view pattern, const std::string& what) {
    if (++count_ > kDifferencesShown) return;
    ADD_FAILURE() << file_ << ":" << line.number << ": pattern  " << java::shown(pattern) << "  "
                  << what;
  }

 private:
  const char* file_;
  int count_ = 0;
};

std::optional<std::u32string> group(const Capture& capture, std::u32string_view input) {
  if (capture.first == Capture::kNoPlace) return std::nullopt;
  return std::u32string{input.substr(capture.first, capture.last - capture.first)};
}

std::string difference(const Engines& engines, const RecordedLine& line) {
  const std::u32string& input = *line.fields[0];
  const Engines::Answer answer = engines.answer(input);
  const std::string on = "on input  " + java::shown(input) + "  ";
  if (!answer.disagreement.empty()) return on + std::string{answer.disagreement};
  if (answer.verdict == Verdict::over_budget) return on + "is over budget";
  if ((answer.verdict == Verdict::yes) != (line.kind == '+')) {
    return on + (line.kind == '+' ? "matches in Java" : "does not match in Java");
  }
  for (std::size_t i = 1; i < line.fields.size(); ++i) {
    const auto ours = group(answer.captures[i], input);
    if (ours != line.fields[i]) {
      return on + "has in group " + std::to_string(i) + " " +
             (ours ? java::shown(*ours) : "no part") + ", in Java " +
             (line.fields[i] ? java::shown(*line.fields[i]) : "no part");
    }
  }
  return {};
}

/// The names of the groups as a recorded pattern has them: one for each group, perhaps empty.
std::string difference(const std::vector<registry::match::syntax::GroupName>& names,
                       const RecordedLine& line) {
  std::vector<std::u32string> by_number(line.fields.size());
  for (const auto& [name, number] : names) {
    if (number >= by_number.size()) return "has more groups than in Java";
    by_number[number] = std::u32string{name.begin(), name.end()};
  }
  for (std::size_t i = 1; i < by_number.size(); ++i) {
    if (by_number[i] != *line.fields[i]) return "names its groups otherwise";
  }
  return {};
}

TEST(RecordedAnswers, AreOurAnswers) {
  Differences differences{"pairs.txt"};
  std::u32string pattern;
  std::optional<Engines> engines;
  std::size_t pairs = 0;
  for (const RecordedLine& line : java::read_recorded(recorded("pairs.txt"))) {
    if (line.kind == '+' || line.kind == '-') {
      ++pairs;
      if (!engines) continue;
      const std::string what = difference(*engines, line);
      if (!what.empty()) differences.add(line, pattern, what);
      continue;
    }
    pattern = *line.fields[0];
    engines.reset();
    auto compiled = Engines::compile(pattern);
    if (line.kind == '!') ++pairs;
    if (compiled.has_value() != (line.kind == '=')) {
      differences.add(line, pattern, compiled ? "is refused by Java" : compiled.error().reason);
    }
    if (!compiled || line.kind != '=') continue;
    const std::string what = difference(compiled->group_names(), line);
    if (!what.empty()) differences.add(line, pattern, what);
    engines = std::move(*compiled);
  }
  EXPECT_GE(pairs, kPairsMin);
}

/// FNV-1a over the bounds of the ranges, as SetRecorder.java has it.
std::uint64_t hash(const core::unicode::CodePointSet& set) {
  std::uint64_t value = 0xCBF29CE484222325U;
  const auto add = [&value](std::uint32_t bound) {
    for (unsigned shift = 0; shift < 32; shift += 8) {
      value = (value ^ ((bound >> shift) & 0xFFU)) * 0x100000001B3U;
    }
  };
  for (const auto& range : set.ranges()) {
    add(range.first);
    add(range.last);
  }
  return value;
}

std::string difference(const registry::match::syntax::Tree& tree, const RecordedLine& line) {
  const auto* characters = std::get_if<registry::match::syntax::Characters>(&tree[tree.root].is);
  if (characters == nullptr) return "is no set in the tree";
  const std::string ours = std::to_string(characters->set.size());
  if (ours != java::shown(*line.fields[1])) {
    return "has " + ours + " code points, in Java " + java::shown(*line.fields[1]);
  }
  if (hash(characters->set) != std::stoull(java::shown(*line.fields[2]), nullptr, 16)) {
    return "has other code points than in Java";
  }
  return {};
}

TEST(RecordedSets, AreOurSets) {
  Differences differences{"sets.txt"};
  std::size_t sets = 0;
  for (const RecordedLine& line : java::read_recorded(recorded("sets.txt"))) {
    ++sets;
    const std::u32string& pattern = *line.fields[0];
    const auto tree = registry::match::syntax::parse(pattern);
    if (tree.has_value() != (line.kind == '=')) {
      differences.add(line, pattern, tree ? "is refused by Java" : tree.error().reason);
      continue;
    }
    if (!tree) continue;
    const std::string what = difference(*tree, line);
    if (!what.empty()) differences.add(line, pattern, what);
  }
  EXPECT_GT(sets, 1000U);
}

}  // namespace
