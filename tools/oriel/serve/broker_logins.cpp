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

}  // namespace

bool is_system_administrator(const registry::service::Snapshot& snapshot, std::string_view login) {
  const auto name = name_in_system(login);
  const auto* system = snapshot.directory->organisation_named(registry::model::kSystemOrganisation);
  if (!name || system == nullptr) return false;
  const registry::model::User* user = snapshot.directory->user_named(system->id, *name);
  return is_administrator(user) && user->enabled;
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
  waiting_.emplace(ticket, std::move(done));
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
  node.mapped()(right);
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
      [this, done = std::move(done)](const registry::service::CommandResult& result) {
        done(result.has_value() &&
             is_administrator(registry_.snapshot()->directory->user(result->id)));
      });
}

}  // namespace oriel::serve
