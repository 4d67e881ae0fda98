#pragma once

#include <functional>
#include <vector>

#include "amqp/catalog/catalog.h"

namespace amqp::catalog {

/// Writes into a catalog for the control shard, without making it wait. Used on that shard only.
///
/// Order   requests are written, and answered, in the order in which they were made.
/// Each    is written whole or not at all; one that fails does not take others with it.
class Scribe {
 public:
  using Done = std::function<void(core::Result<void, Error>)>;
  virtual ~Scribe() = default;
  /// `done` runs once, on this shard: later, or within this call.
  virtual void write(std::vector<Change> changes, Done done) = 0;
};

/// Writes within the call: for a catalog in memory, and for tests.
class DirectScribe final : public Scribe {
 public:
  explicit DirectScribe(Catalog& catalog) : catalog_(catalog) {}
  void write(std::vector<Change> changes, Done done) override { done(catalog_.apply(changes)); }

 private:
  Catalog& catalog_;
};

}  // namespace amqp::catalog
