#include "registry/authorization/id_pattern.h"

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

namespace registry::authorization {
namespace {

using match::syntax::Characters;
using match::syntax::Group;
using match::syntax::Node;
using match::syntax::Sequence;
using match::syntax::Tree;
using Verdict = match::Pattern::Verdict;

constexpr std::string_view kIdGroup = "id";

/// Whether `node` stands for one ASCII character and for nothing else.
bool is_one_character(const Node& node) {
  const auto* characters = std::get_if<Characters>(&node.is);
  if (characters == nullptr) return false;
  const auto ranges = characters->set.ranges();
  return ranges.size() == 1 && ranges[0].first == ranges[0].last && ranges[0].first <= 0x7F;
}

bool has_id_group(const Tree& tree) {
  return std::any_of(tree.group_names.begin(), tree.group_names.end(),
                     [](const auto& group) { return group.name == kIdGroup; });
}

}  // namespace

core::Result<IdPattern, match::PatternError> IdPattern::compile(std::string_view pattern) {
  const auto parsed = match::parse_pattern(pattern);
  if (!parsed) return core::Unexpected{parsed.error()};
  IdPattern made;
  made.has_id_ = has_id_group(parsed->tree);
  if (made.has_id_) made.framed_ = framed(*parsed);
  if (made.framed_) return made;
  auto groups = match::GroupPattern::compile(pattern);
  if (!groups) return core::Unexpected{std::move(groups).error()};
  made.groups_ = std::make_shared<const match::GroupPattern>(*std::move(groups));
  return made;
}

std::optional<IdPattern::Framed> IdPattern::framed(const match::ParsedPattern& pattern) {
  const Tree& tree = pattern.tree;
  const auto* parts = std::get_if<Sequence>(&tree[tree.root].is);
  if (parts == nullptr || tree.group_count != 1) return std::nullopt;
  Framed frame;
  bool behind = false;
  for (const match::syntax::NodeId id : parts->parts) {
    if (std::holds_alternative<Group>(tree[id].is)) {
      behind = true;
      continue;
    }
    if (!is_one_character(tree[id])) return std::nullopt;
    ++(behind ? frame.after : frame.before);
  }
  if (!behind) return std::nullopt;
  frame.whole = std::make_shared<const match::Pattern>(tree, pattern.text);
  return frame;
}

IdPattern::Match IdPattern::match(std::string_view text, std::uint64_t& steps_left) const {
  return framed_ ? match_framed(text, steps_left) : match_groups(text, steps_left);
}

IdPattern::Match IdPattern::match_framed(std::string_view text, std::uint64_t& steps_left) const {
  const Verdict verdict = framed_->whole->match(text, steps_left);
  if (verdict != Verdict::yes) return {verdict, std::nullopt};
  text.remove_prefix(framed_->before);
  text.remove_suffix(framed_->after);
  return {verdict, text};
}

IdPattern::Match IdPattern::match_groups(std::string_view text, std::uint64_t& steps_left) const {
  thread_local std::vector<match::NamedGroup> groups;
  const Verdict verdict = groups_->match(text, steps_left, groups);
  if (verdict != Verdict::yes) return {verdict, std::nullopt};
  const auto id = std::find_if(groups.begin(), groups.end(),
                               [](const auto& group) { return group.name == kIdGroup; });
  return {verdict, id == groups.end() ? std::nullopt : id->text};
}

}  // namespace registry::authorization
