#pragma once

#include <memory>

#include "http/front/native_api.h"
#include "http/native/router.h"
#include "http/vcloud/embedded_broker.h"
#include "http/vcloud/uploads.h"
#include "registry/service/registry.h"

namespace http::vcloud {

/// The resources under /api that the gateway answers for itself (spec sections 1 to 3, 4.9 and 6),
/// in XML and JSON.
///
/// Home    one shard; every member function runs there.
/// Effects changes go to the registry as commands, and the answer waits for them; the rest is read
///         from the snapshot of the moment.
class VcloudApi final : public front::NativeApi {
 public:
  /// `registry` outlives this, and every answer that waits for it. `uploads` are those of all
  /// shards; null: this one has its own.
  VcloudApi(registry::service::Registry& registry, native::Settings settings,
            EmbeddedBroker broker = {}, std::shared_ptr<Uploads> uploads = nullptr);

  [[nodiscard]] bool knows(std::string_view path) const override { return router_.knows(path); }
  void handle(const message::Request& request, const registry::access::Caller* caller,
              core::Instant now, std::function<void(message::Response)> done) override {
    router_.handle(request, caller, now, std::move(done));
  }
  [[nodiscard]] const std::vector<native::Route>& routes() const { return router_.routes(); }

 private:
  native::Router router_;
};

}  // namespace http::vcloud
