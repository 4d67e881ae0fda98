#include "registry/match/literals.h"

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>

#include "core/base/ascii.h"

namespace registry::match {
namespace {

using core::unicode::CodePointSet;
using syntax::NodeId;
using syntax::Tree;

/// What is known of the texts that a part of a pattern matches: each of them is described by one of
/// the ways. Without any way it matches nothing.
using Ways = std::vector<LiteralKey>;

const Ways kNothingKnown{LiteralKey{}};

Ways empty_text() {
  return {LiteralKey{.prefix = {}, .suffix = {}, .inner = {}, .exact = true, .folded = false}};
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

void fold(LiteralKey& key) {
  for (std::string* text : {&key.prefix, &key.suffix, &key.inner}) {
    std::transform(text->begin(), text->end(), text->begin(), core::ascii_lower);
  }
  key.folded = true;
}

// ---- One way after another ----------------------------------------------------------------------

/// The part of a required literal that the index can look for: from a slash on.
std::string from_slash(std::string text) {
  text.erase(0, std::min(text.find('/'), text.size()));
  if (text.size() > kLiteralLengthMax) text.resize(kLiteralLengthMax);
  return text.size() > 1 ? text : std::string{};
}

void take_longer(std::string& best, std::string other) {
  if (other.size() > best.size()) best = std::move(other);
}

/// Cuts what has become too long, which makes an exact text one with known ends.
void cut(LiteralKey& key) {
  if (key.exact && key.prefix.size() > kLiteralLengthMax) {
    key.exact = false;
    key.suffix = key.prefix.substr(key.prefix.size() - kLiteralLengthMax);
  }
  if (key.prefix.size() > kLiteralLengthMax) key.prefix.resize(kLiteralLengthMax);
  if (key.suffix.size() > kLiteralLengthMax) {
    key.suffix.erase(0, key.suffix.size() - kLiteralLengthMax);
  }
}

LiteralKey joined(const LiteralKey& left, const LiteralKey& right) {
  LiteralKey both;
  both.exact = left.exact && right.exact;
  both.prefix = left.exact ? left.prefix + right.prefix : left.prefix;
  if (!both.exact) both.suffix = right.exact ? left.suffix + right.prefix : right.suffix;
  if (left.exact && !right.exact) both.suffix = right.suffix;
  both.inner = left.inner;
  take_longer(both.inner, right.inner);
  if (!left.exact && !right.exact) take_longer(both.inner, from_slash(left.suffix + right.prefix));
  if (left.folded || right.folded) fold(both);
  cut(both);
  return both;
}

/// The one way that says of all of `ways` what they have in common.
LiteralKey merged(const Ways& ways) {
  LiteralKey common = ways.front();
  const bool folded =
      std::any_of(ways.begin(), ways.end(), [](const LiteralKey& way) { return way.folded; });
  if (common.exact) common.suffix = common.prefix;
  common.exact = false;
  if (folded) fold(common);
  for (LiteralKey way : ways) {
    if (folded) fold(way);
    const std::string& end = way.exact ? way.prefix : way.suffix;
    const auto starts = std::mismatch(common.prefix.begin(), common.prefix.end(),
                                      way.prefix.begin(), way.prefix.end());
    common.prefix.erase(starts.first, common.prefix.end());
    const auto ends =
        std::mismatch(common.suffix.rbegin(), common.suffix.rend(), end.rbegin(), end.rend());
    common.suffix.erase(common.suffix.begin(), ends.first.base());
    if (common.inner != way.inner) common.inner.clear();
  }
  return common;
}

void drop_twins(Ways& ways) {
  Ways distinct;
  for (LiteralKey& way : ways) {
    if (std::find(distinct.begin(), distinct.end(), way) == distinct.end()) {
      distinct.push_back(std::move(way));
    }
  }
  ways = std::move(distinct);
}

void bound(Ways& ways) {
  drop_twins(ways);
  if (ways.size() > kLiteralKeysMax) ways = {merged(ways)};
}

void append_character(LiteralKey& way, char c) {
  (way.exact ? way.prefix : way.suffix).push_back(c);
  cut(way);
}

void append_to_all(Ways& ways, char c) {
  for (LiteralKey& way : ways) append_character(way, way.folded ? core::ascii_lower(c) : c);
}

void append(Ways& ways, const Ways& next) {
  if (ways.empty()) return;
  if (next.empty()) return ways.clear();
  const LiteralKey& first = next.front();
  if (next.size() == 1 && first.exact && !first.folded && first.prefix.size() == 1) {
    return append_to_all(ways, first.prefix[0]);
  }
  const bool too_many = ways.size() * next.size() > kLiteralKeysMax;
  const Ways one = too_many ? Ways{merged(next)} : Ways{};
  Ways longer;
  for (const LiteralKey& left : ways) {
    for (const LiteralKey& right : too_many ? one : next) longer.push_back(joined(left, right));
  }
  ways = std::move(longer);
  bound(ways);
}

void add(Ways& ways, Ways others) {
  std::move(others.begin(), others.end(), std::back_inserter(ways));
}

// ---- The parts of a pattern ---------------------------------------------------------------------

/// The ASCII members of a set while they are few; nullopt when they are not.
std::optional<std::string> small_set(const CodePointSet& set) {
  std::string members;
  for (const auto& range : set.ranges()) {
    for (char32_t c = range.first; c <= range.last && c < 0x80; ++c) {
      if (members.size() == kSmallSetMax) return std::nullopt;
      members.push_back(static_cast<char>(c));
    }
    if (range.last >= 0x80) break;
  }
  return members;
}

/// What most parts of a pattern are, said without making ways of it.
std::optional<char> only_character(const syntax::Node& node) {
  const auto* characters = std::get_if<syntax::Characters>(&node.is);
  if (characters == nullptr || characters->set.ranges().size() != 1) return std::nullopt;
  const auto range = characters->set.ranges().front();
  if (range.first != range.last || range.first >= 0x80) return std::nullopt;
  return static_cast<char>(range.first);
}

LiteralKey one_character(char c, bool folded) {
  return {.prefix = std::string(1, folded ? core::ascii_lower(c) : c),
          .suffix = {},
          .inner = {},
          .exact = true,
          .folded = folded};
}

/// A letter in both cases, as (?i) makes it, is one folded character.
Ways ways_of(const syntax::Characters& characters) {
  const auto members = small_set(characters.set);
  if (!members) return kNothingKnown;
  if (members->size() == 2 && is_letter(members->front()) &&
      core::ascii_lower(members->front()) == core::ascii_lower(members->back())) {
    return {one_character(members->front(), true)};
  }
  Ways ways;
  for (const char c : *members) ways.push_back(one_character(c, false));
  return ways;
}

class Reader {
 public:
  explicit Reader(const Tree& tree) : tree_(tree) {}

  /// As deep as the pattern's groups are nested, which its length bounds.
  [[nodiscard]] Ways read(NodeId id) const {
    return std::visit([this](const auto& node) { return this->of(node); }, tree_[id].is);
  }

 private:
  [[nodiscard]] static Ways of(const syntax::Empty&) { return empty_text(); }
  [[nodiscard]] static Ways of(const syntax::Characters& node) { return ways_of(node); }
  // Conditions take no characters; leaving them out describes more texts, not fewer.
  [[nodiscard]] static Ways of(const syntax::Look&) { return empty_text(); }
  [[nodiscard]] static Ways of(const syntax::Position&) { return empty_text(); }
  [[nodiscard]] static Ways of(const syntax::BackReference&) { return kNothingKnown; }
  [[nodiscard]] static Ways of(const syntax::GraphemeCluster&) { return kNothingKnown; }
  [[nodiscard]] Ways of(const syntax::Group& node) const { return read(node.body); }
  [[nodiscard]] Ways of(const syntax::Atomic& node) const { return read(node.body); }

  [[nodiscard]] Ways of(const syntax::Sequence& node) const {
    Ways ways = empty_text();
    for (const NodeId part : node.parts) {
      if (const auto c = only_character(tree_[part])) {
        append_to_all(ways, *c);
      } else {
        append(ways, read(part));
      }
    }
    return ways;
  }

  [[nodiscard]] Ways of(const syntax::Alternation& node) const {
    Ways ways;
    for (const NodeId branch : node.branches) add(ways, read(branch));
    bound(ways);
    return ways;
  }

  [[nodiscard]] Ways of(const syntax::Repeat& node) const {
    if (node.max == 0) return empty_text();
    if (node.min == 0 && node.max > 1) return kNothingKnown;
    const Ways body = read(node.body);
    if (node.min == 0) {
      Ways ways = body;
      add(ways, empty_text());
      bound(ways);
      return ways;
    }
    if (node.min == node.max && node.max <= kUnrolledMax) return repeated(body, node.max);
    return repeated_any_number(body);
  }

  static Ways repeated(const Ways& body, std::uint32_t times) {
    Ways ways = empty_text();
    for (std::uint32_t i = 0; i < times; ++i) append(ways, body);
    return ways;
  }

  /// Once or more often: it starts as the body does, and when that can be said in one way it ends
  /// so too.
  static Ways repeated_any_number(const Ways& body) {
    if (body.empty()) return body;
    if (body.size() == 1) return {merged(body)};
    Ways ways = body;
    append(ways, kNothingKnown);
    return ways;
  }

  const Tree& tree_;
};

}  // namespace

std::vector<LiteralKey> literal_keys(const Tree& tree) { return Reader{tree}.read(tree.root); }

}  // namespace registry::match
