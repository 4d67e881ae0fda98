#pragma once

#include <memory>

#include "registry/access/sessions.h"
#include "registry/service/directory.h"

namespace registry::service {

/// The sessions after the directory has become another one. Whoever may not log in any more, and
/// whose password is another one, has none; who may do something else than before keeps his token
/// and gets a new Caller. The same table when nothing of that has happened.
[[nodiscard]] std::shared_ptr<const access::SessionTable> renew_sessions(
    const std::shared_ptr<const access::SessionTable>& sessions, const Directory& before,
    const Directory& after);

}  // namespace registry::service
