#pragma once

#include "http/message/message.h"

namespace http::dispatch {

/// Takes out of a caller's request what claims who he is or where he comes from: Forwarded,
/// X-Forwarded-*, X-Real-IP and x-vcloud-*, but for x-vcloud-authorization, his token. A service
/// learns both from the message itself, where nobody can forge them (security context, remoteAddr).
void drop_identity_claims(message::Headers& headers);

}  // namespace http::dispatch
