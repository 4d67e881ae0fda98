#include "tools/oriel/serve/broker_administration.h"

#include <type_traits>
#include <utility>

#include "amqp/broker/topology.h"
#include "registry/access/secrets.h"

namespace oriel::serve {

using amqp::port::Administrator;
using amqp::port::AdminRefusal;
using amqp::port::AdminResult;

namespace {

core::Unexpected<AdminRefusal> refuse(AdminRefusal::Kind kind, std::string text) {
  return core::Unexpected{AdminRefusal{kind, std::move(text)}};
}

std::string hashing_of(const amqp::access::User& user) {
  if (user.password_hash.empty()) return {};
  const bool imported = user.password_hash.starts_with(amqp::access::kImportedHash);
  return imported ? "rabbit_password_hashing_sha256" : "yescrypt";
}

}  // namespace

void BrokerAdministration::identify(amqp::port::Credentials credentials,
                                    Done<std::optional<Administrator>> done) {
  std::string name = credentials.user;
  floor().logins.check(std::move(credentials),
                       [this, name = std::move(name), done = std::move(done)](bool right) {
                         if (!right) return done(std::nullopt);
                         const amqp::access::User* user = snapshot().user(name);
                         if (user != nullptr) return done(Administrator{name, user->tags});
                         if (!floor().keeper.is_master(name))
                           return done(std::nullopt);  // deleted meanwhile
                         done(Administrator{name, {"administrator"}});
                       });
}

bool BrokerAdministration::is_token(std::string_view token) const {
  return registry::access::equal_secrets(token, token_);
}

// ---- Changes -----------------------------------------------------------------------------------

void BrokerAdministration::carry_out(amqp::port::AdminCommand command, Done<AdminResult> done) {
  std::visit(
      [&](auto& asked) {
        using Asked = std::remove_cvref_t<decltype(asked)>;
        if constexpr (std::is_same_v<Asked, amqp::port::PutUser>) {
          put_user(std::move(asked), std::move(done));
        } else if (std::is_same_v<Asked, amqp::port::PutVhost> && !has_room_for_vhosts()) {
          done(refuse(AdminRefusal::Kind::invalid,
                      "there have been too many vhosts since the start"));
        } else {
          desk_.carry_out(std::move(asked), std::move(done));
        }
      },
      command);
}

/// The topology numbers virtual hosts and uses no number again; commands that wait count as well.
bool BrokerAdministration::has_room_for_vhosts() const {
  return floor().broker.topology().vhosts().size() + amqp::access::AccessDesk::kWaitingMax <
         amqp::broker::kVhostsMax;
}

void BrokerAdministration::put_user(amqp::port::PutUser user, Done<AdminResult> done) {
  amqp::access::SetUser set{std::move(user.name), {}, std::move(user.tags)};
  if (user.password && !user.password->empty()) {
    return hash(*std::move(user.password), {std::move(set), std::move(done)});
  }
  if (user.password_hash) {
    auto imported = amqp::access::import_hash(*user.password_hash);
    if (!imported) return done(refuse(AdminRefusal::Kind::invalid, "not a password_hash"));
    set.password_hash = *std::move(imported);
  }
  desk_.carry_out(std::move(set), std::move(done));
}

void BrokerAdministration::hash(std::string password, Hashing hashing) {
  if (hashing_.size() >= kHashesMax) {
    return hashing.done(refuse(AdminRefusal::Kind::busy, "too many passwords are being hashed"));
  }
  const std::uint64_t ticket = ++last_ticket_;
  hashing_.emplace(ticket, std::move(hashing));
  const bool taken = lane_.lane.submit([this, ticket, password = std::move(password)] {
    auto made = std::make_unique<std::optional<std::string>>(lane_.passwords.hash(password));
    lane_.post.send(core::kControlShard,
                    [this, ticket, made = std::move(made)] { hashed(ticket, std::move(*made)); });
  });
  if (taken) return;
  const auto node = hashing_.extract(ticket);
  node.mapped().done(refuse(AdminRefusal::Kind::busy, "the lane has too much to do"));
}

void BrokerAdministration::hashed(std::uint64_t ticket, std::optional<std::string> hash) {
  auto node = hashing_.extract(ticket);
  Hashing& hashing = node.mapped();
  if (!hash) {
    return hashing.done(
        refuse(AdminRefusal::Kind::invalid, "a password has 1 to 511 octets and no NUL"));
  }
  hashing.user.password_hash = *std::move(hash);
  desk_.carry_out(std::move(hashing.user), std::move(hashing.done));
}

// ---- Users and permissions ---------------------------------------------------------------------

std::vector<std::string> BrokerAdministration::vhosts() const {
  return {snapshot().vhosts.begin(), snapshot().vhosts.end()};
}

std::vector<amqp::port::UserRow> BrokerAdministration::users() const {
  std::vector<amqp::port::UserRow> rows;
  for (const auto& [name, user] : snapshot().users) {
    rows.push_back({name, user->tags, hashing_of(*user)});
  }
  return rows;
}

std::vector<amqp::port::PermissionRow> BrokerAdministration::permissions() const {
  std::vector<amqp::port::PermissionRow> rows;
  for (const auto& [key, grant] : snapshot().grants) {
    const amqp::catalog::Permission& given = grant->permission;
    rows.push_back({given.vhost, given.user, given.configure, given.write, given.read});
  }
  return rows;
}

std::vector<amqp::port::TopicPermissionRow> BrokerAdministration::topic_permissions() const {
  std::vector<amqp::port::TopicPermissionRow> rows;
  for (const auto& [key, topics] : snapshot().topics) {
    for (const auto& [exchange, grant] : topics) {
      const amqp::catalog::TopicPermission& given = grant->permission;
      rows.push_back({given.vhost, given.user, given.exchange, given.write, given.read});
    }
  }
  return rows;
}

}  // namespace oriel::serve
