#pragma once

#include <string_view>

#include "amqp/port/message.h"
#include "amqp/wire/error.h"
#include "core/base/octets.h"
#include "core/base/result.h"
#include "core/memory/shared_bytes.h"

namespace amqp::session {

/// What the properties of a publish ask for.
struct PublishProperties {
  port::MessageTraits traits;
  bool replies_directly = false;  // reply-to is kDirectReplyTo: the publisher's own address
};

/// Reads the property flags and list of a content header that `user` sent; allocates nothing but
/// for an error. Properties reach consumers as they came, so what those could not read is refused
/// here: syntax_error (502) for a broken list or table. Nobody writes in another's name, and an
/// expiration is a whole number of milliseconds that is not negative: both 406.
[[nodiscard]] core::Result<PublishProperties, wire::ProtocolError> read_publish_properties(
    core::Octets octets, std::string_view user);

/// The same properties with another reply-to; `octets` have been read before, and have one.
[[nodiscard]] core::SharedBytes with_reply_to(core::Octets octets, std::string_view reply_to);

}  // namespace amqp::session
