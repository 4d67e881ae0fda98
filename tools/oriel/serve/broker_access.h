#pragma once

#include <memory>
#include <vector>

#include "amqp/access/access_desk.h"
#include "amqp/catalog/catalog.h"
#include "amqp/catalog/scribe.h"
#include "tools/oriel/serve/gather.h"

namespace oriel::serve {

/// Gives `contents` what a sandbox needs and they lack: guest/guest, who administers and may do
/// everything in "/". A guest that is there stays as it is. Returns what the catalog has to be
/// told.
[[nodiscard]] std::vector<amqp::catalog::Change> add_sandbox_users(
    amqp::catalog::Contents& contents);

/// The desk that changes users, permissions and virtual hosts for all floors; on the control shard.
[[nodiscard]] std::unique_ptr<amqp::access::AccessDesk> make_access_desk(
    const Floors& floors, amqp::catalog::Scribe& scribe);

}  // namespace oriel::serve
