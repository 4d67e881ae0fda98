#include "http/message/target.h"

#include <arpa/inet.h>

#include <algorithm>
#include <optional>

#include "core/base/hex.h"
#include "core/encoding/utf8.h"

namespace http::message {
namespace {

constexpr std::size_t kHostNameMax = 255;  // octets, RFC 1035 §3.1

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_unreserved(char c) {
  return is_alpha(c) || is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}
bool is_one_of(char c, std::string_view set) { return set.find(c) != std::string_view::npos; }

/// The octets of a path besides escapes (RFC 3986 §3.3).
bool is_path_octet(char c) { return is_unreserved(c) || is_one_of(c, "/!$&'()*+,;=:@"); }
/// Of a query: also what browsers send bare although RFC 3986 §3.4 would have it escaped.
bool is_query_octet(char c) { return is_path_octet(c) || is_one_of(c, "?{}|^`[]"); }

/// `text` with its escapes decoded, once; nullopt when one is not two hex digits.
std::optional<std::string> decode(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      decoded.push_back(text[i]);
      continue;
    }
    if (text.size() - i < 3) return std::nullopt;
    const int high = core::hex_digit_value(text[i + 1]);
    const int low = core::hex_digit_value(text[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    decoded.push_back(static_cast<char>(high * 16 + low));
    i += 2;
  }
  return decoded;
}

/// Whether a segment means "here" or "up" to somebody: as it is, or without its parameters.
bool is_dot_segment(std::string_view segment) {
  const std::string_view name = segment.substr(0, segment.find(';'));
  return name == "." || name == "..";
}
bool has_dot_segment(std::string_view path) {
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/'), path.size());
    if (is_dot_segment(path.substr(0, end))) return true;
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return false;
}

using Fault = std::optional<TargetFault>;

Fault judge_path(std::string_view path, bool slashes_in_names) {
  const auto may_be_here = [](char c) { return is_path_octet(c) || c == '%'; };
  if (!std::all_of(path.begin(), path.end(), may_be_here)) {
    return TargetFault{"octet in the path that must be escaped"};
  }
  if (path.find('%') == std::string_view::npos) {
    return has_dot_segment(path) ? Fault{{"dot segment in the path"}} : std::nullopt;
  }

  const auto decoded = decode(path);
  if (!decoded) return TargetFault{"invalid percent escape in the path"};
  const auto slashes = [](std::string_view text) {
    return std::count(text.begin(), text.end(), '/');
  };
  const bool more_slashes = !slashes_in_names && slashes(*decoded) != slashes(path);
  if (more_slashes || decoded->find('\\') != std::string::npos) {
    return TargetFault{"encoded slash in the path"};
  }
  const auto is_control = [](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; };
  if (std::any_of(decoded->begin(), decoded->end(), is_control)) {
    return TargetFault{"control character in the path"};
  }
  if (!core::is_utf8(*decoded)) return TargetFault{"path is not UTF-8"};
  if (has_dot_segment(*decoded)) return TargetFault{"dot segment in the path"};
  return std::nullopt;
}

Fault judge_query(std::string_view query) {
  const auto may_be_here = [](char c) { return is_query_octet(c) || c == '%'; };
  if (!std::all_of(query.begin(), query.end(), may_be_here)) {
    return TargetFault{"octet in the query that must be escaped"};
  }
  if (query.find('%') == std::string_view::npos) return std::nullopt;
  const auto decoded = decode(query);
  if (!decoded) return TargetFault{"invalid percent escape in the query"};
  if (decoded->find('\0') != std::string::npos) return TargetFault{"%00 in the query"};
  if (!core::is_utf8(*decoded)) return TargetFault{"query is not UTF-8"};
  return std::nullopt;
}

core::Result<Target, TargetFault> split_and_judge(std::string_view text,
                                                  std::string_view encoded_slashes_below) {
  Target target;
  const std::size_t mark = text.find('?');
  target.path = text.substr(0, mark);
  if (mark != std::string_view::npos) target.query = text.substr(mark + 1);
  const bool slashes_in_names =
      !encoded_slashes_below.empty() && target.path.starts_with(encoded_slashes_below);
  if (const Fault fault = judge_path(target.path, slashes_in_names)) {
    return core::Unexpected{*fault};
  }
  if (target.query) {
    if (const Fault fault = judge_query(*target.query)) return core::Unexpected{*fault};
  }
  return target;
}

/// What follows `http://` or `https://` in `text`; nullopt when it starts otherwise.
std::optional<std::string_view> after_scheme(std::string_view text) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (equal_ignoring_case(text.substr(0, scheme.size()), scheme)) {
      return text.substr(scheme.size());
    }
  }
  return std::nullopt;
}

core::Result<ParsedTarget, TargetFault> parse_absolute(std::string_view text,
                                                       std::string_view method,
                                                       std::string_view encoded_slashes_below) {
  const auto rest = after_scheme(text);
  if (!rest) return core::Unexpected{TargetFault{"request target is neither a path nor a URI"}};
  const std::size_t end = std::min(rest->find_first_of("/?"), rest->size());
  const std::string_view authority = rest->substr(0, end);
  std::string path_and_query{rest->substr(end)};
  if (!is_host(authority)) return core::Unexpected{TargetFault{"invalid host in the URI"}};

  // RFC 9112 §3.2.4: OPTIONS for a URI without a path is the asterisk form.
  if (path_and_query.empty() && method == "OPTIONS") {
    return ParsedTarget{TargetForm::asterisk, {"*", std::nullopt}, std::string{authority}};
  }
  if (path_and_query.empty() || path_and_query.front() == '?') path_and_query.insert(0, 1, '/');
  auto target = split_and_judge(path_and_query, encoded_slashes_below);
  if (!target) return core::Unexpected{target.error()};
  return ParsedTarget{TargetForm::absolute, *std::move(target), std::string{authority}};
}

bool is_address_v6(std::string_view text) {
  in6_addr ignored{};
  return inet_pton(AF_INET6, std::string{text}.c_str(), &ignored) == 1;
}

bool is_port(std::string_view text) {
  if (text.empty() || text.size() > 5 || !std::all_of(text.begin(), text.end(), is_digit))
    return false;
  unsigned port = 0;
  for (const char c : text) port = port * 10 + static_cast<unsigned>(c - '0');
  return port <= 65535;
}

}  // namespace

core::Result<ParsedTarget, TargetFault> parse_target(std::string_view text, std::string_view method,
                                                     std::string_view encoded_slashes_below) {
  if (text == "*") {
    if (method != "OPTIONS") return core::Unexpected{TargetFault{"* is for OPTIONS only"}};
    return ParsedTarget{TargetForm::asterisk, {"*", std::nullopt}, {}};
  }
  if (text.empty() || text.front() != '/') {
    return parse_absolute(text, method, encoded_slashes_below);
  }
  auto target = split_and_judge(text, encoded_slashes_below);
  if (!target) return core::Unexpected{target.error()};
  return ParsedTarget{TargetForm::origin, *std::move(target), {}};
}

bool is_host(std::string_view text) {
  std::string_view name = text;
  if (!text.empty() && text.front() == '[') {
    const std::size_t end = text.find(']');
    if (end == std::string_view::npos || !is_address_v6(text.substr(1, end - 1))) return false;
    text.remove_prefix(end + 1);
    return text.empty() || (text.front() == ':' && is_port(text.substr(1)));
  }
  if (const std::size_t colon = text.find(':'); colon != std::string_view::npos) {
    if (!is_port(text.substr(colon + 1))) return false;
    name = text.substr(0, colon);
  }
  return !name.empty() && name.size() <= kHostNameMax &&
         std::all_of(name.begin(), name.end(), is_unreserved);
}

}  // namespace http::message
