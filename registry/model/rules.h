#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "registry/model/model.h"

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

/// A rule that a value breaks, said to the person who sent it.
struct BrokenRule {
  std::string text;
};

/// The rules of a Service (spec section 2.2) and of each of its filters: required members are
/// there, nothing is too long, the priority is from 0 to 100. Whether patterns compile is for
/// registry/match, whether the namespace is free for registry/service.
[[nodiscard]] core::Result<void, BrokenRule> check_service(const Service& service);

/// The rules of an ApiFilter (spec section 3.1): UrlPattern or ResponseContentType, not both.
[[nodiscard]] core::Result<void, BrokenRule> check_filter(const ApiFilter& filter);

/// How many characters (code points) a UTF-8 text has.
[[nodiscard]] std::size_t characters(std::string_view utf8);

/// Whether two names are the same without regard to the case of ASCII letters (organisations).
[[nodiscard]] bool same_name(std::string_view left, std::string_view right);
/// `name` with ASCII letters in lower case: equal for names that same_name calls the same.
[[nodiscard]] std::string name_key(std::string_view name);

}  // namespace registry::model
