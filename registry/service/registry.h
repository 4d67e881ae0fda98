#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/base/uuid.h"
#include "core/post/post.h"
#include "core/time/clock.h"
#include "registry/model/model.h"
#include "registry/service/resource_commands.h"
#include "registry/service/snapshot.h"
#include "registry/store/audit.h"

namespace registry::service {

/// Why a command was refused, in words for the person who sent it.
struct RuleViolation {
  enum class Kind : std::uint8_t {
    invalid,       // a value breaks a rule: 400 BAD_REQUEST
    duplicate,     // 400 DUPLICATE_NAME
    not_found,     // 404
    unauthorized,  // wrong name or password: 401
    busy,          // too much waits already: 503
    failed,        // the store could not do it: 500
    forbidden,     // nobody, or not this caller, may do that: 403
    conflict,      // not while other resources need it: 409
  };
  Kind kind = Kind::invalid;
  std::string text;
  /// To the field of the document that is meant, from its root; empty: the document as a whole.
  std::string path = {};
  /// How long whoever sent it has to wait before another try; zero: nobody said.
  std::chrono::seconds retry_after{0};
};

// ---- Commands: what may change the registry ----------------------------------------------------

struct LogIn {
  std::string user;
  std::string organisation;
  std::string password;
  std::string source;  // IP address, for the brute-force limit
};
/// Whether a password is right, without making a session (AMQP logins of administrators).
struct CheckPassword {
  std::string user;
  std::string organisation;
  std::string password;
  std::string source;
};
struct LogOut {
  std::string token;
};
/// Reads the audit, on the lane; the outcome carries the page.
struct ReadAudit {
  store::AuditQuery query;
};
using Command = std::variant<LogIn, CheckPassword, LogOut, CreateResource, ChangeResource,
                             DeleteResource, ChangeSeveral, ReadAudit>;

/// What a command made or found: its id, and for LogIn the session.
struct Outcome {
  core::Uuid id;
  std::shared_ptr<const access::Session> session;
  /// What whoever registers should know of the URL patterns that are new, kWarningsMax at most.
  std::vector<std::string> warnings = {};
  std::shared_ptr<const store::AuditPage> audit = nullptr;  // for ReadAudit
};
using CommandResult = core::Result<Outcome, RuleViolation>;
/// Runs on the shard that submitted, after every shard has the snapshot that shows the change.
using CommandDone = std::function<void(const CommandResult&)>;

/// Where a shard sends commands, and where it reads what they made.
class Registry {
 public:
  virtual ~Registry() = default;
  virtual void submit(Command command, CommandDone done) = 0;
  /// The snapshot that this shard serves now.
  [[nodiscard]] virtual const SnapshotPtr& snapshot() const = 0;
};

}  // namespace registry::service
