#pragma once

#include <cstdint>
#include <string>

#include "core/memory/shared_bytes.h"
#include "http/message/message.h"
#include "http/representation/negotiation.h"
#include "http/representation/node.h"

namespace http::representation {

/// The whole document with `root` as its root element.
[[nodiscard]] core::SharedBytes render_xml(const Node& root);
[[nodiscard]] core::SharedBytes render_json(const Node& root);
[[nodiscard]] core::SharedBytes render(const Node& root, Format format);

/// `base`+xml or `base`+json, with `;version=` unless the version is empty.
[[nodiscard]] std::string content_type(MediaType type, const Negotiated& as);

/// An answer that holds `root`, with the Content-Type of `type`.
[[nodiscard]] message::Response respond(std::uint16_t status, const Node& root, MediaType type,
                                        const Negotiated& as);

}  // namespace http::representation
