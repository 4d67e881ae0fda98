#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "core/base/result.h"
#include "registry/match/groups.h"
#include "registry/match/pattern.h"

namespace registry::authorization {

/// The UrlPattern of an action, or the UrnPattern of a class: a pattern whose group `id` says which
/// resource is meant (spec sections 3.4 and 3.5).
///
/// Most of them are a text around the group, such as /api/photos/(?<id>[0-9]+)/list. There the
/// place of the group follows from the lengths of the texts, and one pass of the automaton is the
/// whole comparison; the others run as java.util.regex would.
class IdPattern {
 public:
  [[nodiscard]] static core::Result<IdPattern, match::PatternError> compile(
      std::string_view pattern);

  /// Whether the pattern has a group `id`. Without one it leads to no resource.
  [[nodiscard]] bool has_id() const { return has_id_; }

  struct Match {
    match::Pattern::Verdict verdict = match::Pattern::Verdict::no;
    std::optional<std::string_view> id;  // nullopt: the group took no part
  };
  /// Compares the whole of `text`; takes what it spent off `steps_left`.
  [[nodiscard]] Match match(std::string_view text, std::uint64_t& steps_left) const;

 private:
  /// A text, the group, a text; of the texts the sizes, as `whole` compares all of it.
  struct Framed {
    std::size_t before = 0;
    std::size_t after = 0;
    std::shared_ptr<const match::Pattern> whole;
  };
  static std::optional<Framed> framed(const match::ParsedPattern& pattern);
  [[nodiscard]] Match match_framed(std::string_view text, std::uint64_t& steps_left) const;
  [[nodiscard]] Match match_groups(std::string_view text, std::uint64_t& steps_left) const;

  bool has_id_ = false;
  std::optional<Framed> framed_;
  std::shared_ptr<const match::GroupPattern> groups_;  // null when framed
};

}  // namespace registry::authorization
