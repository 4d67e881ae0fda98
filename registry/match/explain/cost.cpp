#include "registry/match/explain/cost.h"

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

#include "registry/match/explain/paths.h"
#include "registry/match/explain/samples.h"
#include "registry/match/explain/walk.h"

namespace registry::match::explain {
namespace {

using syntax::NodeId;
using syntax::Tree;

std::vector<NodeId> long_repetitions(const Tree& tree) {
  std::vector<NodeId> found;
  for (const NodeId id : nodes_in_order(tree)) {
    const auto* repeat = std::get_if<syntax::Repeat>(&tree[id].is);
    if (repeat == nullptr || repeat->max < 16) continue;
    if (found.size() < kPumpedPartsMax) found.push_back(id);
  }
  return found;
}

/// What repetitions are filled with: their own content (an empty text says so), and the literals of
/// the pattern, each of which may be taken for what follows.
std::vector<std::string> pump_texts(const Tree& tree) {
  std::vector<std::string> texts{""};
  std::string literal;
  const auto keep = [&](std::string text) {
    if (text.empty() || texts.size() >= kPumpTextsMax) return;
    if (std::find(texts.begin(), texts.end(), text) == texts.end())
      texts.push_back(std::move(text));
  };
  for (const NodeId id : nodes_in_order(tree)) {
    const auto* characters = std::get_if<syntax::Characters>(&tree[id].is);
    const auto only = characters == nullptr ? std::nullopt : only_character(characters->set);
    if (only && is_path_octet(*only)) {
      literal.push_back(static_cast<char>(*only));
    } else {
      keep(literal.substr(0, 1));
      keep(std::exchange(literal, ""));
    }
  }
  keep(literal.substr(0, 1));
  keep(literal);
  return texts;
}

/// Runs the backtracker on paths and keeps the dearest.
class Trial {
 public:
  explicit Trial(const Subject& subject) : subject_(subject) {}

  Cost dearest;
  std::size_t tried = 0;

  void run(std::string path) {
    if (dearest.over_budget) return;
    for (char& c : path) {
      if (!is_path_octet(static_cast<char32_t>(static_cast<unsigned char>(c)))) c = 'x';
    }
    ++tried;
    const engine::Outcome outcome = subject_.backtracker.match(path, kStepsMax);
    const bool over = outcome.verdict == engine::Verdict::over_budget;
    if (!over && outcome.steps <= dearest.steps) return;
    dearest = {outcome.steps, over, std::move(path)};
  }

  /// As it is, with something too much at its end, and with something too little.
  void run_all(std::string path) {
    run(path);
    run(path + "!");
    if (!path.empty()) path.pop_back();
    run(std::move(path));
  }

 private:
  const Subject& subject_;
};

Cost dearest_of(const Subject& subject, const std::vector<NodeId>& repetitions,
                const std::vector<std::string>& texts, std::size_t length, std::size_t& tried) {
  Trial trial{subject};
  for (const NodeId repetition : repetitions) {
    for (const std::string& text : texts) {
      for (const bool shortest : {false, true}) {
        SampleStyle style;
        style.shortest = shortest;
        style.pumped = repetition;
        style.pump_text = text;
        style.length = length;
        trial.run_all(text_along(subject.tree, style));
      }
    }
  }
  trial.run_all(text_along(subject.tree, {}));
  trial.run("/" + std::string(length - 1, 'a'));
  tried += trial.tried;
  return std::move(trial.dearest);
}

}  // namespace

CostEstimate cost_of(const Subject& subject) {
  CostEstimate estimate;
  if (subject.automaton) {
    estimate.is_bound = true;
    estimate.at_short.steps = kShortPathOctets;
    estimate.at_long.steps = kLongPathOctets;
    return estimate;
  }
  const auto repetitions = long_repetitions(subject.tree);
  const auto texts = pump_texts(subject.tree);
  estimate.at_short = dearest_of(subject, repetitions, texts, kShortPathOctets, estimate.tried);
  estimate.at_long = dearest_of(subject, repetitions, texts, kLongPathOctets, estimate.tried);
  return estimate;
}

}  // namespace registry::match::explain
