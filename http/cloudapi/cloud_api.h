#pragma once

#include "http/front/native_api.h"
#include "http/native/router.h"
#include "registry/service/registry.h"

namespace http::cloudapi {

/// The resources under /cloudapi that the gateway answers for itself, in JSON: logins and sessions
/// (spec section 1.3), the audit trail, and openapi.json, which describes them.
///
/// Home    one shard; every member function runs there.
class CloudApi final : public front::NativeApi {
 public:
  /// `registry` outlives this, and every answer that waits for it.
  CloudApi(registry::service::Registry& registry, native::Settings settings);

  [[nodiscard]] bool knows(std::string_view path) const override { return router_.knows(path); }
  void handle(const message::Request& request, const registry::access::Caller* caller,
              core::Instant now, std::function<void(message::Response)> done) override {
    router_.handle(request, caller, now, std::move(done));
  }
  [[nodiscard]] const std::vector<native::Route>& routes() const { return router_.routes(); }

 private:
  native::Router router_;
};

}  // namespace http::cloudapi
