#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "http/native/call.h"

namespace http::native {

struct Credentials {
  std::string user;
  std::string organisation;
  std::string password;
};

/// Basic credentials `user@org:password` (RFC 7617, spec section 1.3): the password begins at the
/// first colon, the organisation at the last `@` before it. nullopt when they are not given or
/// malformed.
[[nodiscard]] std::optional<Credentials> basic_credentials(const message::Headers& headers);

/// The session token of a request, as the front of the house reads it; empty when there is none.
[[nodiscard]] std::string_view token_of(const message::Headers& headers);

/// The headers that carry both tokens of a session (spec section 1.3): its own one in
/// x-vcloud-authorization, the signed one as the access token. Each opens everything.
void add_tokens(message::Response& response, const registry::access::Session& session);

/// The session that `call` came with; null when it has ended meanwhile. It lives as long as the
/// snapshot that this shard serves now.
[[nodiscard]] const registry::access::Session* current_session(
    const registry::service::Registry& registry, const Call& call);

/// Gives the answer to a login that succeeded.
using Welcome = std::function<void(const Call&, const registry::access::Session&)>;

/// Makes a session from the Basic credentials of `call`, or answers 401. `admits` says which
/// organisations log in at this URL.
void log_in(registry::service::Registry& registry, const Call& call,
            const std::function<bool(std::string_view organisation)>& admits, Welcome welcome);

/// Ends the session that `call` came with, and answers 204.
void log_out(registry::service::Registry& registry, const Call& call);

/// A role as a session tells of it.
struct NamedRole {
  core::Uuid id;
  std::string name;
};

/// The role that the caller's user has: one that somebody made, or a built-in one. When his user is
/// not there (any more), the built-in one of the caller's power.
[[nodiscard]] NamedRole role_of(const registry::service::Registry& registry,
                                const registry::access::Caller& caller);

/// Whether an organisation is System, compared as organisation names are.
[[nodiscard]] bool is_system(std::string_view organisation);

}  // namespace http::native
