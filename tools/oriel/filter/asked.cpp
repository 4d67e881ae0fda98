#include <algorithm>

#include "http/dispatch/walk.h"
#include "http/message/target.h"
#include "tools/oriel/filter/trial.h"

namespace oriel::filter {
namespace {

constexpr std::string_view kHexDigits = "0123456789ABCDEF";
constexpr std::size_t kUrlOctetsMax = 8 * 1024;  // what the gateway takes for a request line

bool must_be_escaped(char c) {
  const auto octet = static_cast<unsigned char>(c);
  constexpr std::string_view kNever = "\"<>\\^`{|} ";
  return octet <= 0x20 || octet >= 0x7F || kNever.find(c) != std::string_view::npos;
}

std::string escaped(std::string_view path) {
  std::string text;
  for (const char c : path) {
    if (!must_be_escaped(c)) {
      text.push_back(c);
      continue;
    }
    const auto octet = static_cast<unsigned char>(c);
    text.push_back('%');
    text.push_back(kHexDigits[octet >> 4U]);
    text.push_back(kHexDigits[octet & 15U]);
  }
  return text;
}

/// What stands behind scheme and host.
std::string_view path_and_more(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (url.starts_with('/') || scheme == std::string_view::npos) return url;
  const std::size_t path = url.find_first_of("/?#", scheme + 3);
  return path == std::string_view::npos ? std::string_view{} : url.substr(path);
}

}  // namespace

core::Result<Asked, std::string> asked_of(std::string_view url) {
  if (url.size() > kUrlOctetsMax) return core::Unexpected{std::string{"the URL is too long"}};
  if (url.empty()) return core::Unexpected{std::string{"the URL is empty"}};
  Asked asked;
  std::string_view rest = path_and_more(url);
  const std::string_view path = rest.substr(0, rest.find_first_of("?#"));
  rest.remove_prefix(path.size());
  if (rest.starts_with('?')) {
    asked.notes.push_back("a filter sees the path without its query");
  } else if (rest.starts_with('#')) {
    asked.notes.push_back("a client keeps the fragment to itself");
  }
  asked.path = escaped(path.empty() ? "/" : path);
  if (asked.path != path && !path.empty())
    asked.notes.push_back("a client would escape it like this");
  if (!asked.path.starts_with('/')) {
    return core::Unexpected{"a path begins with '/', or a URL with http://: " + asked.path};
  }
  const auto target = http::message::parse_target(asked.path, "GET");
  if (!target) {
    asked.notes.push_back("the gateway refuses it with 400: " + std::string{target.error().reason});
  } else if (!http::dispatch::is_extension_path(asked.path)) {
    asked.notes.push_back("the gateway answers this path itself, whatever filters match");
  }
  return asked;
}

}  // namespace oriel::filter
