#pragma once

#include <memory>
#include <string>
#include <vector>

#include "amqp/port/administration.h"
#include "http/management/management.h"
#include "http/message/message.h"

namespace http::management {

namespace port = amqp::port;

/// One request of an administrator, on its way through the API. Copied into whatever waits.
struct Call {
  std::shared_ptr<const message::Request> request;
  std::vector<std::string> path;  // segments behind /api/, decoded
  port::Administration* broker = nullptr;
  port::Administrator who;
  Done done;

  /// The segments that a route has `*` for, by number from 1: path[1], path[2], …
  [[nodiscard]] const std::string& name(std::size_t number) const { return path[number]; }
};

}  // namespace http::management
