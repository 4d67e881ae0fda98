#pragma once

#include "core/json/writer.h"
#include "http/message/message.h"

namespace http::dispatch {

/// Whether `request` is a POST of a form (application/x-www-form-urlencoded) that is short enough
/// to be taken apart: at most kFormOctetsMax. A form that comes by another method is a body only.
[[nodiscard]] bool is_form_post(const message::Request& request);
inline constexpr std::size_t kFormOctetsMax = 64 * 1024;

/// Writes the form as an object of arrays, each with the values of one name in their order, as a
/// servlet's parameter map has them. (What vCloud Director put there is not known, spec
/// section 4.4; the raw form is in the body as well.) Names and values that are not UTF-8 are read
/// as Latin-1, and no name comes twice.
void write_form(core::json::Writer& json, std::string_view form);

}  // namespace http::dispatch
