#include "tools/oriel/serve/broker_trial.h"

#include <utility>

#include "amqp/broker/permissions.h"
#include "amqp/broker/topology.h"

namespace oriel::serve {
namespace {

/// The user guest comes from there only.
bool is_loopback(std::string_view address) {
  return address.starts_with("127.") || address == "::1" || address.starts_with("::ffff:127.");
}

}  // namespace

void BrokerTrial::judge(http::vcloud::BrokerLogin login, std::function<void(Verdict)> done) {
  amqp::port::Credentials credentials;
  credentials.user = login.user;
  credentials.password = std::move(login.password);
  credentials.from_loopback = is_loopback(login.source);
  credentials.source = std::move(login.source);
  logins_.check(std::move(credentials),
                [this, user = std::move(login.user), vhost = std::move(login.vhost),
                 done = std::move(done)](bool accepted) {
                  if (accepted) return done(entry(user, vhost));
                  done("The broker refuses the user \"" + user + "\" with that password.");
                });
}

BrokerTrial::Verdict BrokerTrial::entry(const std::string& user, const std::string& vhost) {
  if (!broker_.topology().find_vhost(vhost)) {
    return "The broker has no virtual host \"" + vhost + "\".";
  }
  amqp::access::Guard guard{keeper_, user, vhost};
  if (!amqp::broker::forbidden_entry(guard, vhost)) return std::nullopt;
  return "The user \"" + user + "\" has no access to the virtual host \"" + vhost + "\".";
}

}  // namespace oriel::serve
