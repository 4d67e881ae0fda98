#include "tools/oriel/serve/broker_logins.h"

#include <memory>
#include <string>
#include <utility>

#include "http/message/message.h"

namespace oriel::serve {
namespace {

constexpr std::string_view kGuest = "guest";

/// The name without the organisation, if that is System; nullopt for that of another organisation.
std::optional<std::string_view> name_in_system(std::string_view login) {
  const std::size_t at = login.rfind('@');
  if (at == std::string_view::npos) return login;
  const std::string_view organisation = login.substr(at + 1);
  if (!http::message::equal_ignoring_case(organisation, registry::model::kSystemOrganisation)) {
    return std::nullopt;
  }
  return login.substr(0, at);
}

bool is_administrator(const registry::model::User* user) {
  return user != nullptr && user->role == registry::model::Role::system_administrator;
}

/// The user of System whom a login means; null when there is none.
const registry::model::User* system_user(const registry::service::Directory& directory,
                                         std::string_view login) {
  const auto name = name_in_system(login);
  const auto* system = directory.organisation_named(registry::model::kSystemOrganisation);
  return name && system != nullptr ? directory.user_named(system->id, *name) : nullptr;
}

/// What has become of an administrator; empty: nothing that matters to a login.
std::string_view fate(const registry::model::User* before, const registry::model::User* now,
                      const registry::service::Directory& directory) {
  if (before == nullptr || now == nullptr || before->id != now->id) return "is deleted";
  if (!directory.admits(now->id)) return "is disabled";
  if (!is_administrator(now)) return "is no system administrator any more";
  if (before->password_hash != now->password_hash) return "has another password";
  return {};
}

std::string_view fate(const LoginBooks& before, const LoginBooks& now, std::string_view login) {
  const bool is_user = now.broker->user(login) != nullptr;
  if (before.broker->user(login) != nullptr) return is_user ? "" : "is deleted";
  if (is_user) return "is a user of the broker now";
  if (before.registry == now.registry) return {};
  return fate(system_user(*before.registry, login), system_user(*now.registry, login),
              *now.registry);
}

}  // namespace

bool is_system_administrator(const registry::service::Snapshot& snapshot, std::string_view login) {
  const registry::model::User* user = system_user(*snapshot.directory, login);
  return is_administrator(user) && snapshot.directory->admits(user->id);
}

bool same_logins(const LoginBooks& before, const LoginBooks& now) {
  return before.registry == now.registry && before.broker->users.size() == now.broker->users.size();
}

std::optional<std::string> why_expelled(const LoginBooks& before, const LoginBooks& now,
                                        std::string_view login) {
  const std::string_view what = fate(before, now, login);
  if (what.empty()) return std::nullopt;
  return "user '" + std::string{login} + "' " + std::string{what};
}

void BrokerLogins::check(amqp::port::Credentials credentials, Done done) {
  const bool is_guest = credentials.user == kGuest;
  const bool is_known_to_all = is_guest && credentials.password == kGuest;
  if (is_guest && (!credentials.from_loopback || (is_known_to_all && !dev_))) return done(false);

  const auto& users = keeper_.snapshot()->users;
  const auto user = users.find(credentials.user);
  if (user != users.end()) {
    return check_user(user->second, std::move(credentials), std::move(done));
  }
  if (is_guest) return done(false);
  check_administrator(std::move(credentials), std::move(done));
}

void BrokerLogins::by_certificate(std::string user, Done done) {
  done(user != kGuest && keeper_.snapshot()->user(user) != nullptr);
}

void BrokerLogins::check_user(std::shared_ptr<const amqp::access::User> user,
                              amqp::port::Credentials credentials, Done done) {
  const auto verdict = lane_.passwords.judge(*user, credentials, lane_.clock.now());
  if (verdict) return done(*verdict);
  if (waiting_.size() >= kChecksMax) return done(false);

  const std::uint64_t ticket = ++last_ticket_;
  waiting_.emplace(ticket, Waiting{user, std::move(done)});
  auto held = std::make_unique<amqp::port::Credentials>(std::move(credentials));
  const bool taken =
      lane_.lane.submit([this, ticket, user = std::move(user), held = std::move(held)] {
        const bool right = lane_.passwords.verify(*user, *held, lane_.clock.now());
        lane_.post.send(self_, [this, ticket, right] { verified(ticket, right); });
      });
  if (!taken) verified(ticket, false);
}

void BrokerLogins::verified(std::uint64_t ticket, bool right) {
  const auto node = waiting_.extract(ticket);
  const Waiting& waiting = node.mapped();
  waiting.done(right && is_still(*waiting.user));
}

/// Whether the user is in the snapshot with the password that was judged.
bool BrokerLogins::is_still(const amqp::access::User& user) const {
  const amqp::access::User* now = keeper_.snapshot()->user(user.name);
  return now != nullptr && now->password_hash == user.password_hash;
}

void BrokerLogins::check_administrator(amqp::port::Credentials credentials, Done done) {
  const auto name = name_in_system(credentials.user);
  if (!name) return done(false);  // users of other organisations have no business here
  std::string user{*name};
  registry_.submit(
      registry::service::CheckPassword{
          .user = std::move(user),
          .organisation = std::string{registry::model::kSystemOrganisation},
          .password = std::move(credentials.password),
          .source = credentials.source},
      [this, login = std::move(credentials.user),
       done = std::move(done)](const registry::service::CommandResult& result) {
        done(result.has_value() && keeper_.snapshot()->user(login) == nullptr &&
             is_administrator(registry_.snapshot()->directory->user(result->id)));
      });
}

}  // namespace oriel::serve
