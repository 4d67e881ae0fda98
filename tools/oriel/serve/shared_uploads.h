#pragma once

#include <mutex>

#include "http/vcloud/uploads.h"

namespace oriel::serve {

/// The uploads of all shards. An operator uploads now and then, and under the mutex at most a
/// fragment is copied.
class SharedUploads final : public http::vcloud::Uploads {
 public:
  [[nodiscard]] core::Uuid announce(const core::Uuid& service, std::size_t size,
                                    core::Instant now) override {
    const std::scoped_lock lock{mutex_};
    return Uploads::announce(service, size, now);
  }
  [[nodiscard]] Taken put(const core::Uuid& id, const http::vcloud::Fragment& fragment,
                          core::Instant now) override {
    const std::scoped_lock lock{mutex_};
    return Uploads::put(id, fragment, now);
  }

 private:
  std::mutex mutex_;
};

}  // namespace oriel::serve
