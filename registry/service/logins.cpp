#include "registry/service/logins.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

#include "registry/access/secrets.h"
#include "registry/model/rules.h"

namespace registry::service {
namespace {

using Kind = RuleViolation::Kind;

constexpr std::size_t kNameOctetsMax = 1024;  // longer names are nobody's

core::Unexpected<RuleViolation> refuse(Kind kind, std::string text) {
  return core::Unexpected{RuleViolation{kind, std::move(text)}};
}

/// The user who may log in by these names; null when nobody may.
const model::User* user_of(const Directory& directory, const Credentials& credentials) {
  const auto* organisation = directory.organisation_named(credentials.organisation);
  if (organisation == nullptr || !organisation->enabled) return nullptr;
  const auto* user = directory.user_named(organisation->id, credentials.user);
  return user == nullptr || !user->enabled ? nullptr : user;
}

/// What failures of an account are counted under: no two users have names that differ in case only,
/// so no spelling gives fresh tries. Names that can be nobody's share one count, so that they do
/// not fill the table with megabytes.
std::string account_of(const Credentials& credentials) {
  if (credentials.user.size() > kNameOctetsMax) return {};
  if (credentials.organisation.size() > kNameOctetsMax) return {};
  std::string account = model::name_key(credentials.organisation);
  account.push_back('\0');
  return account.append(model::name_key(credentials.user));
}

/// "1 second", "5 seconds"
std::string counted(std::int64_t count, std::string_view unit) {
  std::string text = std::to_string(count).append(" ").append(unit);
  return count == 1 ? text : text.append("s");
}

RuleViolation must_wait(core::Duration wait) {
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait);
  RuleViolation violation;
  violation.kind = Kind::unauthorized;
  violation.text =
      "Too many failed logins; try again in " + counted(seconds.count(), "second") + ".";
  violation.retry_after = seconds;
  return violation;
}

/// Whose sessions are too many, and what helps.
RuleViolation too_many_sessions(const std::string& whose, const access::SessionLimits& limits) {
  const auto idle = std::chrono::ceil<std::chrono::minutes>(limits.idle);
  return {Kind::busy, whose + " have been opened and not ended: log out of some, or wait until " +
                          "they end by themselves, " + counted(idle.count(), "minute") +
                          " after their last use."};
}

/// Why nobody else of the caller's organisation is let in for now; nullopt when there is room.
std::optional<RuleViolation> lacks_room(const access::SessionTable& table,
                                        const Directory& directory, const access::Caller& caller,
                                        const access::SessionLimits& limits) {
  using access::SessionTable;
  const auto* system = directory.organisation_named(model::kSystemOrganisation);
  const std::size_t of_system = system == nullptr ? 0 : table.count_of_organisation(system->id);
  std::size_t taken = table.size();
  if (system == nullptr || system->id != caller.organisation) {
    if (table.count_of_organisation(caller.organisation) >=
        SessionTable::kSessionsPerOrganisationMax) {
      return too_many_sessions("Too many sessions of the organisation " + caller.organisation_name,
                               limits);
    }
    taken += SessionTable::kSessionsKeptForSystem -
             std::min(of_system, SessionTable::kSessionsKeptForSystem);
  }
  if (taken < SessionTable::kSessionsMax) return std::nullopt;
  return too_many_sessions("Too many sessions", limits);
}

}  // namespace

core::Result<const model::User*, RuleViolation> Logins::check(const Directory& directory,
                                                              const Credentials& credentials,
                                                              core::Instant now) {
  const std::string account = account_of(credentials);
  const core::Duration wait = attempts_.wait(account, credentials.source, now);
  if (wait > core::Duration::zero()) return core::Unexpected{must_wait(wait)};

  const model::User* user = user_of(directory, credentials);
  if (user == nullptr) {
    decoy_.verify(credentials.password);
  } else if (verified(*user, credentials.password, now)) {
    attempts_.succeeded(account, credentials.source);
    return user;
  }
  attempts_.failed(account, credentials.source, now);
  return refuse(Kind::unauthorized, "The user name, the organisation or the password is wrong.");
}

bool Logins::verified(const model::User& user, std::string_view password, core::Instant now) {
  if (known_.knows(user.id, password, user.password_hash, now)) return true;
  if (!access::verify_password(password, user.password_hash)) return false;
  known_.remember(user.id, password, user.password_hash, now);
  return true;
}

core::Result<NewSession, RuleViolation> open_session(const access::SessionTable& table,
                                                     const Directory& directory,
                                                     const model::User& user,
                                                     const SessionTerms& terms) {
  auto next = table.without_expired(terms.now, terms.limits);
  // Clients that never log out must not use up what others need: beyond his share a user's session
  // that has rested longest makes room.
  if (next->count_of_user(user.id) >= access::SessionTable::kSessionsPerUserMax) {
    next = next->without(next->least_recent_of(user.id)->token);
  }
  access::Caller caller = directory.caller_of(user);
  if (auto refusal = lacks_room(*next, directory, caller, terms.limits)) {
    return core::Unexpected{*std::move(refusal)};
  }
  auto session = std::make_shared<access::Session>();
  session->id = core::Uuid::random();
  session->token = access::new_token();
  session->caller = std::move(caller);
  session->created = terms.now;
  if (terms.access_tokens != nullptr) {
    const auto life = std::chrono::floor<std::chrono::seconds>(terms.limits.absolute);
    session->signed_token =
        terms.access_tokens->make(session->caller, terms.date, terms.date + life)
            .value_or(std::string{});
  }
  next = next->with(session);
  return NewSession{std::move(next), std::move(session)};
}

}  // namespace registry::service
