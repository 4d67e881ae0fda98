#include "tools/oriel/serve/shard_uploads.h"

#include "core/base/octets.h"
#include "registry/localization/bundle.h"

namespace oriel::serve {

/// What the lane gets has nothing of the shard's: who waits for the answer stays in waiting_.
bool ShardUploads::read(std::string octets, BundleRead done) {
  const std::uint64_t ticket = ++last_ticket_;
  waiting_.emplace(ticket, std::move(done));
  auto held = std::make_unique<std::string>(std::move(octets));
  const bool taken = lane_.lane.submit([this, ticket, held = std::move(held)]() mutable {
    auto bundle =
        std::make_unique<Bundle>(registry::localization::read_bundle(core::octets_of(*held)));
    held.reset();
    lane_.post.send(self_, [this, ticket, bundle = std::move(bundle)] {
      was_read(ticket, std::move(*bundle));
    });
  });
  if (!taken) waiting_.erase(ticket);
  return taken;
}

void ShardUploads::was_read(std::uint64_t ticket, Bundle bundle) {
  const auto node = waiting_.extract(ticket);
  node.mapped()(std::move(bundle));
}

}  // namespace oriel::serve
