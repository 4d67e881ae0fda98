#include "registry/match/explain/samples.h"

#include <algorithm>
#include <array>
#include <variant>

#include "registry/match/explain/paths.h"
#include "registry/match/explain/rewrite.h"
#include "registry/match/explain/walk.h"

namespace registry::match::explain {
namespace {

using syntax::NodeId;
using syntax::Tree;

constexpr std::uint32_t kDepthMax = 256;
constexpr std::uint32_t kTimes = 3;               // of what may come any number of times
constexpr std::size_t kPumpedOctetsMax = 20'000;  // of a text that is pumped up

/// What words are made of, digits where nothing else goes, and a slash at the very end.
constexpr std::array<std::string_view, 4> kNice{
    "abcdefghijklmnopqrstuvwxyz", "123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "0-_.~!$&'()*+,;=:@/"};

class Writer {
 public:
  Writer(const Tree& tree, const SampleStyle& style)
      : tree_(tree), style_(style), groups_(tree.group_count + 1) {
    octets_max_ = style.pumped ? kPumpedOctetsMax : kSampleOctetsMax * 2;
  }

  std::string write() {
    write(tree_.root);
    return std::move(text_);
  }

 private:
  void write(NodeId id) {
    if (depth_ == kDepthMax || text_.size() > octets_max_) return;
    ++depth_;
    std::visit([&](const auto& is) { write(id, is); }, tree_[id].is);
    --depth_;
  }

  void write(NodeId, const syntax::Empty&) {}
  void write(NodeId, const syntax::Position&) {}
  void write(NodeId, const syntax::Look&) {}
  void write(NodeId, const syntax::GraphemeCluster&) { text_.push_back('a'); }
  void write(NodeId, const syntax::Characters& characters) { character_of(characters.set, 0); }
  void write(NodeId, const syntax::Sequence& sequence) {
    for (const NodeId part : sequence.parts) write(part);
  }
  void write(NodeId, const syntax::Alternation& alternation) {
    write(alternation.branches[style_.branch % alternation.branches.size()]);
  }
  void write(NodeId, const syntax::Group& group) {
    const std::size_t first = text_.size();
    write(group.body);
    if (group.number < groups_.size()) groups_[group.number] = text_.substr(first);
  }
  void write(NodeId, const syntax::Atomic& atomic) { write(atomic.body); }
  void write(NodeId, const syntax::BackReference& reference) {
    if (reference.group < groups_.size()) text_ += groups_[reference.group];
  }
  void write(NodeId id, const syntax::Repeat& repeat) {
    if (style_.pumped == id) return pump(repeat);
    std::uint32_t times = repeat.min;
    if (!style_.shortest) times = std::min(std::max(times, wanted(repeat)), repeat.max);
    const auto* characters = std::get_if<syntax::Characters>(&tree_[repeat.body].is);
    for (std::uint32_t i = 0; i < times && text_.size() <= octets_max_; ++i) {
      if (characters != nullptr) {
        character_of(characters->set, i);
      } else {
        write(repeat.body);
      }
    }
  }

  [[nodiscard]] std::uint32_t wanted(const syntax::Repeat& repeat) const {
    const bool is_character = std::holds_alternative<syntax::Characters>(tree_[repeat.body].is);
    return is_character ? kTimes : 1;
  }

  void pump(const syntax::Repeat& repeat) {
    const std::size_t unit = std::max<std::size_t>(style_.pump_text.size(), 1);
    const std::size_t rest = style_.length > text_.size() ? style_.length - text_.size() : 0;
    const std::size_t times = std::min<std::size_t>(rest / unit, repeat.max);
    for (std::size_t i = 0; i < times && text_.size() <= octets_max_; ++i) {
      if (style_.pump_text.empty()) {
        write(repeat.body);
      } else {
        text_ += style_.pump_text;
      }
    }
  }

  /// The i-th nice character of a set, counted round and round.
  void character_of(const core::unicode::CodePointSet& set, std::size_t i) {
    for (const std::string_view nice : kNice) {
      std::string in_set;
      for (const char c : nice) {
        if (set.contains(static_cast<char32_t>(c))) in_set.push_back(c);
      }
      if (!in_set.empty()) return text_.push_back(in_set[i % in_set.size()]);
    }
    const bool has_ascii = !set.empty() && set.ranges().front().first < 0x80;
    text_.push_back(has_ascii ? static_cast<char>(set.ranges().front().first) : '?');
  }

  const Tree& tree_;
  const SampleStyle& style_;
  std::vector<std::string> groups_;
  std::string text_;
  std::size_t octets_max_;
  std::uint32_t depth_ = 0;
};

}  // namespace

std::string text_along(const Tree& tree, const SampleStyle& style) {
  return Writer{tree, style}.write();
}

std::vector<std::string> samples_of(const Subject& subject, const Tree& tree, std::size_t count) {
  std::vector<std::string> samples;
  const auto add = [&](const std::string& text) {
    const bool is_new = std::find(samples.begin(), samples.end(), text) == samples.end();
    if (samples.size() == count || !is_new || text.size() > kSampleOctetsMax) return;
    if (!is_path(text) || verdict_of(subject, text) != engine::Verdict::yes) return;
    samples.push_back(text);
  };
  for (std::size_t branch = 0; branch < count; ++branch) {
    for (const bool shortest : {false, true}) {
      SampleStyle style;
      style.shortest = shortest;
      style.branch = branch;
      const std::string text = text_along(tree, style);
      add(text);
      add("/" + text);  // where a pattern leaves open what it begins with
    }
  }
  if (!samples.empty()) return samples;
  // Made along the pattern there was none: an automaton knows one, if there is one.
  if (const auto automaton = engine::Automaton::build(for_paths(tree))) {
    if (const auto shortest = PathGraph{*automaton}.shortest()) add(*shortest);
  }
  return samples;
}

}  // namespace registry::match::explain
