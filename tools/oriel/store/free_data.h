#pragma once

#include <string>

#include "core/base/result.h"
#include "core/shard/descriptor.h"

namespace oriel::store {

/// Data that no oriel uses as long as this lives.
class FreeData {
 public:
  /// What refused it: `in_use` is another process.
  struct Refused {
    std::string sentence;
    bool in_use = false;
  };
  [[nodiscard]] static core::Result<FreeData, Refused> take(const std::string& folder);

 private:
  explicit FreeData(core::Descriptor lock) : lock_(std::move(lock)) {}
  core::Descriptor lock_;  // shared with other readers; empty when nobody ever locked the folder
};

}  // namespace oriel::store
