#include "registry/model/rules.h"

#include <algorithm>
#include <cctype>

namespace registry::model {
namespace {

using Checked = core::Result<void, BrokenRule>;

core::Unexpected<BrokenRule> broken(std::string text) {
  return core::Unexpected{BrokenRule{std::move(text)}};
}

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return octet < 0x20 || octet == 0x7F;
  });
}

Checked check_text(std::string_view member, std::string_view text, std::size_t characters_max) {
  if (characters(text) > characters_max) {
    return broken(std::string{member} + " must not be longer than " +
                  std::to_string(characters_max) + " characters.");
  }
  if (has_control_character(text)) {
    return broken(std::string{member} + " must not contain control characters.");
  }
  return {};
}

Checked check_required(std::string_view member, std::string_view text) {
  if (text.empty()) return broken(std::string{member} + " is required.");
  return check_text(member, text, kNameMax);
}

/// What travels as an AMQP short string is bounded in octets.
Checked check_short_string(std::string_view member, std::string_view text) {
  if (text.size() > kShortStringMax) {
    return broken(std::string{member} + " must not be longer than " +
                  std::to_string(kShortStringMax) + " octets.");
  }
  return check_required(member, text);
}

/// Descriptions may have lines and tabs, but no other control characters.
Checked check_description(std::string_view text) {
  if (characters(text) > kDescriptionMax) {
    return broken("Description must not be longer than " + std::to_string(kDescriptionMax) +
                  " characters.");
  }
  std::string without_lines{text};
  std::replace_if(
      without_lines.begin(), without_lines.end(),
      [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
  return check_text("Description", without_lines, kDescriptionMax);
}

bool is_token_character(char c) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         kMarks.find(c) != std::string_view::npos;
}
bool is_token(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_token_character);
}

/// type/subtype, perhaps with parameters (RFC 9110 §8.3.1); parameters are not looked at here.
bool is_media_type(std::string_view text) {
  std::string_view essence = text.substr(0, text.find(';'));
  while (!essence.empty() && essence.back() == ' ') essence.remove_suffix(1);
  const std::size_t slash = essence.find('/');
  if (slash == std::string_view::npos) return false;
  return is_token(essence.substr(0, slash)) && is_token(essence.substr(slash + 1));
}

Checked check_url_pattern(std::string_view pattern) {
  if (pattern.empty()) return broken("UrlPattern must not be empty.");
  return check_text("UrlPattern", pattern, kPatternMax);
}

Checked check_content_type(std::string_view type) {
  if (auto checked = check_text("ResponseContentType", type, kContentTypeMax); !checked) {
    return checked;
  }
  if (!is_media_type(type)) return broken("ResponseContentType must be a media type.");
  return {};
}

Checked check_priority(std::int32_t priority) {
  if (priority >= 0 && priority <= kPriorityMax) return {};
  return broken("Priority must be from 0 to " + std::to_string(kPriorityMax) + ".");
}

Checked check_reply_timeout(const std::optional<std::chrono::seconds>& timeout) {
  if (!timeout || (timeout->count() >= 1 && *timeout <= kReplyTimeoutMax)) return {};
  return broken("The reply timeout must be from 1 to " + std::to_string(kReplyTimeoutMax.count()) +
                " seconds.");
}

Checked check_filters(const std::vector<ApiFilter>& filters) {
  if (filters.size() > kFiltersPerServiceMax) {
    return broken("A service must not have more than " + std::to_string(kFiltersPerServiceMax) +
                  " API filters.");
  }
  for (const ApiFilter& filter : filters) {
    if (auto checked = check_filter(filter); !checked) return checked;
  }
  return {};
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

}  // namespace

core::Result<void, BrokenRule> check_service(const Service& service) {
  if (auto checked = check_required("name", service.name); !checked) return checked;
  if (auto checked = check_required("Namespace", service.namespace_); !checked) return checked;
  if (auto checked = check_short_string("RoutingKey", service.routing_key); !checked) {
    return checked;
  }
  if (auto checked = check_short_string("Exchange", service.exchange); !checked) return checked;
  if (auto checked = check_description(service.description); !checked) return checked;
  if (auto checked = check_text("Vendor", service.vendor, kNameMax); !checked) return checked;
  if (auto checked = check_text("operationKey", service.operation_key, kNameMax); !checked) {
    return checked;
  }
  if (auto checked = check_priority(service.priority); !checked) return checked;
  if (auto checked = check_reply_timeout(service.reply_timeout); !checked) return checked;
  return check_filters(service.filters);
}

core::Result<void, BrokenRule> check_filter(const ApiFilter& filter) {
  if (filter.url_pattern.has_value() == filter.response_content_type.has_value()) {
    return broken("An API filter has either UrlPattern or ResponseContentType, and not both.");
  }
  if (auto checked = check_text("operationKey", filter.operation_key, kNameMax); !checked) {
    return checked;
  }
  if (filter.url_pattern) return check_url_pattern(*filter.url_pattern);
  return check_content_type(*filter.response_content_type);
}

std::size_t characters(std::string_view utf8) {
  return static_cast<std::size_t>(std::count_if(utf8.begin(), utf8.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;  // not a continuation octet
  }));
}

bool same_name(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return lower(a) == lower(b); });
}

std::string name_key(std::string_view name) {
  std::string key{name};
  std::transform(key.begin(), key.end(), key.begin(), lower);
  return key;
}

}  // namespace registry::model
