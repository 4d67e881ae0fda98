#include "tools/oriel/serve/broker_logins.h"

#include <string>
#include <string_view>
#include <utility>

#include "http/message/message.h"

namespace oriel::serve {
namespace {

constexpr std::string_view kGuest = "guest";

bool is_system_administrator(const registry::service::Snapshot& snapshot, const core::Uuid& id) {
  const registry::model::User* user = snapshot.directory->user(id);
  return user != nullptr && user->role == registry::model::Role::system_administrator;
}

}  // namespace

void BrokerLogins::check(amqp::port::Credentials credentials,
                         std::function<void(bool accepted)> done) {
  if (credentials.user == kGuest) {
    done(dev_ && credentials.from_loopback && credentials.password == kGuest);
    return;
  }
  std::string user = std::move(credentials.user);
  if (const std::size_t at = user.rfind('@'); at != std::string::npos) {
    // Users of other organisations have no business with the broker.
    const std::string_view organisation = std::string_view{user}.substr(at + 1);
    if (!http::message::equal_ignoring_case(organisation, registry::model::kSystemOrganisation)) {
      done(false);
      return;
    }
    user.resize(at);
  }
  registry_.submit(
      registry::service::CheckPassword{
          .user = std::move(user),
          .organisation = std::string{registry::model::kSystemOrganisation},
          .password = std::move(credentials.password),
          .source = credentials.source},
      [this, done = std::move(done)](const registry::service::CommandResult& result) {
        done(result.has_value() && is_system_administrator(*registry_.snapshot(), result->id));
      });
}

}  // namespace oriel::serve
