#pragma once

#include <vector>

#include "http/error/error.h"
#include "http/front/native_api.h"

namespace http::native {

/// Several native APIs as one: the first that knows a path answers for it.
class NativeApis final : public front::NativeApi {
 public:
  /// The parts outlive this.
  explicit NativeApis(std::vector<front::NativeApi*> parts) : parts_(std::move(parts)) {}

  [[nodiscard]] bool knows(std::string_view path) const override {
    return part_for(path) != nullptr;
  }
  void handle(const message::Request& request, const registry::access::Caller* caller,
              core::Instant now, std::function<void(message::Response)> done) override {
    front::NativeApi* part = part_for(request.target.path);
    if (part != nullptr) return part->handle(request, caller, now, std::move(done));
    done(error::render({404, error::kNotFound, "The requested resource does not exist."}, request));
  }

 private:
  [[nodiscard]] front::NativeApi* part_for(std::string_view path) const {
    for (front::NativeApi* part : parts_) {
      if (part->knows(path)) return part;
    }
    return nullptr;
  }
  std::vector<front::NativeApi*> parts_;
};

}  // namespace http::native
