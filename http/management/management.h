#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "amqp/port/administration.h"
#include "http/message/message.h"

namespace http::management {

/// Paths of this API begin with it.
inline constexpr std::string_view kPrefix = "/api/";

/// Takes the answer; runs once, within `handle` or later.
using Done = std::function<void(message::Response)>;

/// Answers a request of the broker's administration, in the shapes of RabbitMQ's management API
/// (3.10): what set-up scripts, test suites and operators use of it. routes.cpp has the table.
///
/// Who asks   HTTP Basic of somebody who may administer, or the token of the data folder as Bearer.
///            Anything else is 401, also for paths that are not there.
/// Names      are percent-encoded, %2F is the virtual host "/".
/// Errors     {"error":…,"reason":…}: 400 bad_request, 401 not_authorised, 404 Object Not Found,
///            405 method_not_allowed, 503 busy, 500 failed.
///
/// `administration` must live until `done` has run.
void handle(std::shared_ptr<const message::Request> request,
            amqp::port::Administration& administration, Done done);

}  // namespace http::management
