#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "http/message/message.h"

namespace http::representation {

enum class Format : std::uint8_t { xml, json };

/// The API versions that are served (spec section 1.1), oldest first; as texts they compare like
/// that, too. A session of any of them sees the same resources.
inline constexpr std::array<std::string_view, 15> kVersions{"29.0", "30.0", "31.0", "32.0", "33.0",
                                                            "34.0", "35.0", "36.0", "37.0", "37.1",
                                                            "37.2", "37.3", "38.0", "38.1", "39.0"};
inline constexpr std::string_view kNewestVersion = kVersions.back();

/// What the answer will look like.
struct Negotiated {
  Format format = Format::xml;
  std::string_view version = kNewestVersion;  // one of kVersions; empty: not to be told
};

/// What the Accept of a request asks for (spec section 1.2), out of `offered`, of which the first
/// is the choice of a client that takes anything; nullopt when no range of it can be served: an
/// unsupported version, or neither XML nor JSON. No Accept, or none with a version, gives the
/// newest one.
[[nodiscard]] std::optional<Negotiated> negotiate(const message::Headers& headers,
                                                  std::span<const Format> offered);

/// The same for what is served to anybody: where no range can be served, the newest version, in the
/// first format of `offered` that Accept names.
[[nodiscard]] Negotiated negotiate_leniently(const message::Headers& headers,
                                             std::span<const Format> offered);

/// The same for an error, which is always said in some way: in the first format that Accept names
/// (XML when it names none), with the version that it names when that is served.
[[nodiscard]] Negotiated negotiate_error(const message::Headers& headers);

}  // namespace http::representation
