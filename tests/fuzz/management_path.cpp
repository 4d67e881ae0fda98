#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/check.h"
#include "core/encoding/utf8.h"
#include "http/management/management.h"
#include "http/management/path.h"
#include "http/message/target.h"

namespace {

/// Every octet as an escape: what a segment may be written as, whatever is in it.
std::string escaped(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string written;
  for (const char c : text) {
    const auto octet = static_cast<unsigned char>(c);
    written.push_back('%');
    written.push_back(kDigits[octet >> 4U]);
    written.push_back(kDigits[octet & 15U]);
  }
  return written;
}

}  // namespace

/// What a target with encoded slashes comes to: as many names as there were segments, each of them
/// text, and the same again when they are written with escapes only.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using http::management::kPrefix;
  const std::string text =
      std::string{kPrefix} + std::string{reinterpret_cast<const char*>(data), size};
  const auto target = http::message::parse_target(text, "GET", kPrefix);
  if (!target) return 0;
  const std::string& path = target->target.path;
  const auto segments = http::management::segments_of(path);
  const auto slashes = static_cast<std::size_t>(std::count(path.begin(), path.end(), '/'));
  CORE_CHECK(segments.size() == slashes - (path.ends_with('/') ? 2U : 1U) ||
             (segments.empty() && path == kPrefix));

  std::string again{kPrefix};
  for (const std::string& segment : segments) {
    CORE_CHECK(core::is_utf8(segment));
    CORE_CHECK(segment.find('\0') == std::string::npos && segment.find('\\') == std::string::npos);
    again += escaped(segment) + "/";
  }
  CORE_CHECK(http::management::segments_of(again) == segments);
  return 0;
}
