#pragma once

#include "amqp/catalog/catalog.h"

namespace amqp::catalog {

/// A catalog that forgets at the end: for tests.
class MemoryCatalog final : public Catalog {
 public:
  MemoryCatalog();
  [[nodiscard]] core::Result<Contents, Error> load() override { return contents_; }
  [[nodiscard]] core::Result<void, Error> apply(std::span<const Change> changes) override;

 private:
  Contents contents_;
};

}  // namespace amqp::catalog
