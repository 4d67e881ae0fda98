#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace registry::model {

// Bounds of what a registration may hold. The schema of vCloud Director states those for the
// pattern and the priority; AMQP 0-9-1 §4.2.5.3 those for exchange and routing key; the others are
// ours, so that no row and no representation grows without end.
inline constexpr std::size_t kNameMax = 255;          // characters: name, Namespace, Vendor, keys
inline constexpr std::size_t kDescriptionMax = 4096;  // characters
inline constexpr std::size_t kPatternMax = 1024;      // characters
inline constexpr std::size_t kContentTypeMax = 255;   // characters
inline constexpr std::size_t kShortStringMax = 255;   // octets: exchange and routing key
inline constexpr std::int32_t kPriorityMax = 100;
inline constexpr std::size_t kFiltersPerServiceMax = 1000;
inline constexpr std::chrono::seconds kReplyTimeoutMax{3600};

/// How many characters (code points) a UTF-8 text has.
[[nodiscard]] std::size_t characters(std::string_view utf8);

/// Whether two names are the same without regard to the case of ASCII letters (organisations).
[[nodiscard]] bool same_name(std::string_view left, std::string_view right);
/// `name` with ASCII letters in lower case: equal for names that same_name calls the same.
[[nodiscard]] std::string name_key(std::string_view name);

}  // namespace registry::model
