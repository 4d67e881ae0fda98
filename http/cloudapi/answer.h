#pragma once

#include <string_view>

#include "core/base/uuid.h"
#include "core/json/writer.h"
#include "core/memory/buffer.h"
#include "http/message/message.h"
#include "http/native/call.h"

/// What the answers of /cloudapi are made of.
namespace http::cloudapi {

/// 200 with the JSON in `body`, in the version that the call asks for.
[[nodiscard]] message::Response json_answer(const native::Call& call, core::Buffer& body);

/// The resource `id` of `kind` as others name it: its name and its URN; null when the id is nil,
/// which is none.
void write_reference(core::json::Writer& writer, std::string_view name, std::string_view kind,
                     const core::Uuid& id);

}  // namespace http::cloudapi
