#pragma once

#include "core/shard/descriptor.h"

namespace oriel::serve {

/// SIGTERM, SIGINT and SIGHUP as something to wait for, on the main thread. A handler writes the
/// signal's number to a pipe: it may run on any thread, so none has to block signals. One object at
/// a time in a process.
class Signals {
 public:
  Signals();  ///< Throws std::system_error.
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;
  ~Signals();

  [[nodiscard]] int wait();  ///< The next signal.
  /// Whether another SIGTERM or SIGINT has come.
  [[nodiscard]] bool impatient();

 private:
  core::Descriptor read_;
  core::Descriptor write_;
};

}  // namespace oriel::serve
