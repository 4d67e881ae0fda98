#pragma once

#include <memory>
#include <string>

#include "tools/oriel/bench/extension_session.h"
#include "tools/oriel/bench/net.h"

namespace oriel::bench {

/// The extension service of a run: an ExtensionSession on a connection and a thread of its own.
class Extension {
 public:
  Extension(const Target& target, const BrokerUrl& broker, const ExtensionPlan& plan);
  ~Extension();  ///< Stops it.

  /// Connects and waits until it consumes; a sentence when that fails or takes over ten seconds.
  [[nodiscard]] std::string start();
  /// Says goodbye and waits, two seconds at most. Gives why it failed meanwhile; empty: it did not.
  std::string stop();

 private:
  class Runner;
  std::unique_ptr<Runner> runner_;
};

}  // namespace oriel::bench
