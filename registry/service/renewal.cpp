#include "registry/service/renewal.h"

#include <utility>

namespace registry::service {
namespace {

bool has_other_password(const core::Uuid& user, const Directory& before, const Directory& after) {
  const model::User* was = before.user(user);
  const model::User* is = after.user(user);
  return was != nullptr && is != nullptr && was->password_hash != is->password_hash;
}

}  // namespace

std::shared_ptr<const access::SessionTable> renew_sessions(
    const std::shared_ptr<const access::SessionTable>& sessions, const Directory& before,
    const Directory& after) {
  auto table = sessions;
  for (const auto& session : sessions->all()) {
    const core::Uuid& user = session->caller.user;
    if (!after.admits(user) || has_other_password(user, before, after)) {
      table = table->without(session->token);
      continue;
    }
    access::Caller now = after.caller_of(*after.user(user));
    if (now == session->caller) continue;
    table = table->without(session->token)->with(session->as(std::move(now)));
  }
  return table;
}

}  // namespace registry::service
