#include "registry/match/explain/words.h"

#include <variant>
#include <vector>

#include "registry/match/explain/paths.h"
#include "registry/match/explain/set_words.h"
#include "registry/match/explain/text.h"
#include "registry/match/explain/walk.h"

namespace registry::match::explain {
namespace {

using syntax::Characters;
using syntax::NodeId;
using syntax::Tree;

constexpr std::uint32_t kDepthMax = 64;

/// How a text holds together.
enum class Hold : std::uint8_t { one, row, choice };

struct Words {
  std::string text;
  Hold hold = Hold::one;
};

std::string tight(const Words& words) {
  return words.hold == Hold::one ? words.text : "(" + words.text + ")";
}

std::string number_of_times(const syntax::Repeat& repeat) {
  const std::string min = std::to_string(repeat.min);
  if (repeat.max == syntax::kUnbounded) {
    return repeat.min == 0 ? "any number of" : repeat.min == 1 ? "one or more" : min + " or more";
  }
  const std::string max = std::to_string(repeat.max);
  return repeat.min == repeat.max ? min : min + " to " + max;
}

std::string anchor_words(syntax::Anchor anchor) {
  using syntax::Anchor;
  switch (anchor) {
    case Anchor::begin_input:
      return "the start of the path";
    case Anchor::begin_line:
    case Anchor::begin_line_unix:
      return "the start of a line";
    case Anchor::end_input:
    case Anchor::end_or_terminator:
    case Anchor::end_or_newline:
      return "the end of the path";
    case Anchor::end_line:
    case Anchor::end_line_unix:
      return "the end of a line";
    case Anchor::word_boundary:
    case Anchor::word_boundary_unicode:
      return "an edge of a word";
    case Anchor::no_word_boundary:
    case Anchor::no_word_boundary_unicode:
      return "no edge of a word";
    case Anchor::grapheme_boundary:
      return "an edge of a character as people see it";
  }
  return "";
}

/// Says nodes in words; each kind of node is one overload.
class Sayer {
 public:
  explicit Sayer(const Tree& tree) : tree_(tree) {}

  Words say(NodeId id) {
    if (depth_ == kDepthMax) return {"..."};
    ++depth_;
    Words words = std::visit([this](const auto& is) { return (*this)(is); }, tree_[id].is);
    --depth_;
    if (words.text.size() > kWordsMax) words.text = words.text.substr(0, kWordsMax) + "...";
    return words;
  }

  Words operator()(const syntax::Empty&) { return {"nothing"}; }
  Words operator()(const Characters& characters) {
    if (const auto letter = letter_in_any_case(characters.set)) {
      return {quoted({&*letter, 1}) + " in any case"};
    }
    return {words_of_set(characters.set).one};
  }

  Words operator()(const syntax::Sequence& sequence) {
    std::vector<std::string> said;
    for (std::size_t i = 0; i < sequence.parts.size();) {
      std::string literal = literal_at(sequence, i);
      if (literal.empty()) {
        const NodeId part = sequence.parts[i++];
        if (std::holds_alternative<syntax::Empty>(tree_[part].is)) continue;
        literal = in_sequence(part);
      }
      said.push_back(std::move(literal));
    }
    std::string text;
    for (const std::string& one : said) text += (text.empty() ? "" : ", ") + one;
    if (said.empty()) return {"nothing"};
    return {std::move(text), said.size() > 1 ? Hold::row : Hold::one};
  }

  Words operator()(const syntax::Alternation& alternation) {
    std::string text = "either ";
    for (std::size_t i = 0; i < alternation.branches.size(); ++i) {
      if (i > 0) text += " or ";
      text += tight(say(alternation.branches[i]));
    }
    return {std::move(text), Hold::choice};
  }

  Words operator()(const syntax::Repeat& repeat) {
    Words words = repeated(repeat);
    if (repeat.greed == syntax::Greed::possessive) {
      return {tight(words) + " (and gives nothing back)"};
    }
    return words;
  }

  Words operator()(const syntax::Group& group) {
    Words body = say(group.body);
    const std::string_view name = name_of(tree_, group.number);
    if (name.empty()) return body;
    return {tight(body) + " (called " + std::string{name} + ")"};
  }
  Words operator()(const syntax::Atomic& atomic) {
    return {tight(say(atomic.body)) + " (and gives nothing back)"};
  }

  Words operator()(const syntax::Look& look) {
    const std::string place =
        look.behind ? "where what stands before is " : "where what follows is ";
    return {place + (look.negated ? "not " : "") + tight(say(look.body))};
  }
  Words operator()(const syntax::BackReference& reference) {
    const std::string_view name = name_of(tree_, reference.group);
    std::string text =
        "the same again as " +
        (name.empty() ? "group " + std::to_string(reference.group) : std::string{name});
    if (reference.rule != syntax::CaseRule::exact) text += ", in any case";
    return {std::move(text)};
  }
  Words operator()(const syntax::Position& position) { return {anchor_words(position.anchor)}; }
  Words operator()(const syntax::GraphemeCluster&) { return {"one character as people see it"}; }

 private:
  /// A row within a row needs no parentheses.
  std::string in_sequence(NodeId part) {
    const Words words = say(part);
    return words.hold == Hold::choice ? tight(words) : words.text;
  }

  /// The literal that begins at `sequence.parts[i]`, in quotes, with `i` behind it; empty when none
  /// does.
  std::string literal_at(const syntax::Sequence& sequence, std::size_t& i) {
    std::u32string text;
    bool any_case = false;
    for (std::size_t at = i; at < sequence.parts.size(); ++at) {
      const auto* characters = std::get_if<Characters>(&tree_[sequence.parts[at]].is);
      if (characters == nullptr) break;
      const auto exact = only_character(characters->set);
      const auto letter = letter_in_any_case(characters->set);
      if (!exact && !letter) break;
      const bool has_case =
          exact && ((*exact >= U'a' && *exact <= U'z') || (*exact >= U'A' && *exact <= U'Z'));
      if (text.empty()) any_case = letter.has_value();
      // A letter of one case ends a literal in any case, and the other way round; marks fit both.
      const bool fits = letter ? any_case || !has_letters(text) : !any_case || !has_case;
      if (!fits) break;
      any_case = any_case || letter.has_value();
      text.push_back(exact ? *exact : *letter);
      i = at + 1;
    }
    if (text.empty()) return {};
    return quoted(text) + (any_case ? " in any case" : "");
  }

  static bool has_letters(std::u32string_view text) {
    for (const char32_t c : text) {
      if ((c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z')) return true;
    }
    return false;
  }

  Words repeated(const syntax::Repeat& repeat) {
    const auto* characters = std::get_if<Characters>(&tree_[repeat.body].is);
    if (characters != nullptr) return {repeated_characters(repeat, characters->set)};
    const std::string body = tight(say(repeat.body));
    if (repeat.min == 0 && repeat.max == 1) return {"perhaps " + body};
    if (repeat.min == repeat.max) return {number_of_times(repeat) + " times " + body};
    return {number_of_times(repeat) + " times " + body};
  }

  std::string repeated_characters(const syntax::Repeat& repeat,
                                  const core::unicode::CodePointSet& set) {
    if (repeat.min == 0 && repeat.max == syntax::kUnbounded && has_every_path_octet(set)) {
      return "anything";
    }
    if (repeat.min == 0 && repeat.max == 1) return "perhaps " + say(repeat.body).text;
    if (repeat.min == 1 && repeat.max == 1) return say(repeat.body).text;
    return number_of_times(repeat) + " " + words_of_set(set).many;
  }

  const Tree& tree_;
  std::uint32_t depth_ = 0;
};

}  // namespace

std::string words_of(const Tree& tree, NodeId node) { return Sayer{tree}.say(node).text; }

}  // namespace registry::match::explain
