#include "http/representation/negotiation.h"

#include <algorithm>
#include <string>

#include "http/representation/media_type.h"

namespace http::representation {
namespace {

bool is_any(const MediaRange& range) {
  return range.subtype == "*" && (range.type == "*" || range.type == "application");
}

std::optional<Format> named_format(const MediaRange& range) {
  const bool text = range.type == "text";
  if (range.type != "application" && !text) return std::nullopt;
  if (range.subtype == "xml" || range.subtype.ends_with("+xml")) return Format::xml;
  if (range.subtype == "json" || range.subtype.ends_with("+json")) return Format::json;
  return std::nullopt;
}

/// The quality in thousandths (RFC 9110 §12.4.2); what is malformed counts as 1.
int quality(const MediaRange& range) {
  const std::string* q = range.parameter("q");
  if (q == nullptr || q->empty() || (*q)[0] != '0') return 1000;
  int value = 0;
  int weight = 100;
  for (std::size_t i = 2; i < q->size() && i < 5; ++i, weight /= 10) {
    if ((*q)[i] < '0' || (*q)[i] > '9') return 1000;
    value += ((*q)[i] - '0') * weight;
  }
  return value;
}

/// Every range that the client would take, the dearest first.
std::vector<MediaRange> ranges_of(const message::Headers& headers) {
  std::string list;
  for (const message::Field& field : headers.fields()) {
    if (!message::equal_ignoring_case(field.name, "Accept")) continue;
    if (!list.empty()) list += ",";
    list += field.value;
  }
  auto ranges = parse_media_ranges(list);
  std::erase_if(ranges, [](const MediaRange& range) { return quality(range) == 0; });
  std::stable_sort(ranges.begin(), ranges.end(), [](const MediaRange& a, const MediaRange& b) {
    return quality(a) > quality(b);
  });
  return ranges;
}

/// The version that a range asks for, or the newest; nullopt when it is not served.
std::optional<std::string_view> version_of(const MediaRange& range) {
  const std::string* asked = range.parameter("version");
  if (asked == nullptr) return kNewestVersion;
  const auto* served = std::find(kVersions.begin(), kVersions.end(), *asked);
  return served == kVersions.end() ? std::nullopt : std::optional{*served};
}

}  // namespace

std::optional<Negotiated> negotiate(const message::Headers& headers,
                                    std::span<const Format> offered) {
  if (headers.find("Accept") == nullptr) return Negotiated{offered.front(), kNewestVersion};
  for (const MediaRange& range : ranges_of(headers)) {
    const auto format = is_any(range) ? std::optional{offered.front()} : named_format(range);
    const auto version = version_of(range);
    const bool served =
        format && std::find(offered.begin(), offered.end(), *format) != offered.end();
    if (served && version) return Negotiated{*format, *version};
  }
  return std::nullopt;
}

Negotiated negotiate_leniently(const message::Headers& headers, std::span<const Format> offered) {
  if (const auto as = negotiate(headers, offered)) return *as;
  for (const MediaRange& range : ranges_of(headers)) {
    const auto format = named_format(range);
    if (!format || std::find(offered.begin(), offered.end(), *format) == offered.end()) continue;
    return {*format, kNewestVersion};
  }
  return {offered.front(), kNewestVersion};
}

Negotiated negotiate_error(const message::Headers& headers) {
  const auto ranges = ranges_of(headers);
  Negotiated result{Format::xml, {}};
  for (const MediaRange& range : ranges) {
    if (range.parameter("version") == nullptr) continue;
    result.version = version_of(range).value_or(std::string_view{});
    if (!result.version.empty()) break;
  }
  for (const MediaRange& range : ranges) {
    if (const auto format = named_format(range)) {
      result.format = *format;
      break;
    }
  }
  return result;
}

}  // namespace http::representation
