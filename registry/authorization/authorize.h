#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/base/uuid.h"
#include "registry/access/caller.h"
#include "registry/authorization/table.h"
#include "registry/match/pattern.h"
#include "registry/resource/resources.h"

namespace registry::authorization {

/// What judging one request may spend on patterns, those of all its services together, before it
/// is refused: about 2.5 ms.
inline constexpr std::uint64_t kStepsMax = match::kLookupStepsMax;

/// Why a caller may or may not (spec section 5).
enum class Decision : std::uint8_t {
  open,              // allowed: the service asks for no authorization
  allowed,           // a rule allows it
  no_action,         // no action with this method matches the URL
  no_id,             // the actions that match do not say which resource is meant
  unknown_resource,  // there is no resource of that id in the class
  no_rule,           // rules were there to be asked, and none applies
  over_budget,       // the patterns took too long on this path
};
[[nodiscard]] constexpr bool is_allowed(Decision decision) {
  return decision == Decision::open || decision == Decision::allowed;
}
/// For the log and for administrators, a sentence without its full stop.
[[nodiscard]] std::string_view explain(Decision decision);

/// What a caller is, as far as rules ask.
struct Principal {
  core::Uuid user;
  core::Uuid organisation;
  std::span<const core::Uuid> rights;
};
[[nodiscard]] Principal principal_of(const access::Caller& caller);

/// Whether `principal` may send `method` for `path` (raw, from /api on, without the query) to
/// `service`. System administrators have no way around the rules. HEAD is judged as GET. No lock,
/// and no allocation once a thread has made one.
///
/// What it spends comes off `steps_left`, and what is not enough is over_budget. Whoever asks about
/// several services for one request begins with kStepsMax and gives what is left to the next.
[[nodiscard]] Decision authorize(const Table& table, const resource::Resources& there,
                                 const core::Uuid& service, const Principal& principal,
                                 std::string_view method, std::string_view path,
                                 std::uint64_t& steps_left);

}  // namespace registry::authorization
