#pragma once

#include <string>
#include <vector>

#include "http/message/message.h"

namespace http::vcloud {

/// Says what is to be known of the patterns that a request registered: to its sender in Warning
/// fields (code 299, RFC 7234 §5.5.7), and in the request's log line.
void add_warnings(message::Response& response, const std::vector<std::string>& warnings);

}  // namespace http::vcloud
