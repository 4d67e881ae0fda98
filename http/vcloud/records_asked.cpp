#include "http/vcloud/records_asked.h"

#include <algorithm>
#include <charconv>

#include "http/native/query.h"
#include "http/vcloud/media_types.h"

namespace http::vcloud {
namespace {

using native::Query;
using Fault = std::string;

constexpr std::string_view kFirstEscapingVersion = "35.0";  // of `filter`

core::Unexpected<Fault> fault(std::string text) { return core::Unexpected{std::move(text)}; }

/// A number from `least` on; the default when the parameter is not there.
core::Result<std::int64_t, Fault> number(const Query& query, std::string_view name,
                                         std::int64_t least, std::int64_t by_default) {
  constexpr std::int64_t kNumberMax = 1'000'000'000;
  const std::string* text = query.find(name);
  if (text == nullptr) return by_default;
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  const bool whole = error == std::errc{} && end == text->data() + text->size();
  if (whole && value >= least && value <= kNumberMax) return value;
  return fault(std::string{name} + " is to be a number from " + std::to_string(least) + " on.");
}

core::Result<void, Fault> read_page(const Query& query, RecordsAsked& asked) {
  const auto page = number(query, "page", 1, 1);
  if (!page) return fault(page.error());
  const auto page_size = number(query, "pageSize", 1, kPageSizeDefault);
  if (!page_size) return fault(page_size.error());
  const auto offset = number(query, "offset", 0, 0);
  if (!offset) return fault(offset.error());
  if (*offset != 0) return fault("offset is not supported; use page and pageSize.");
  asked.page = *page;
  asked.page_size = std::min(*page_size, kPageSizeMax);
  return {};
}

core::Result<void, Fault> read_shape(const Query& query, RecordsAsked& asked) {
  const std::string* text = query.find("format");
  if (text == nullptr) return {};
  const auto* found = std::find_if(kShapes.begin(), kShapes.end(),
                                   [&](Shape shape) { return name_of(shape) == *text; });
  if (found == kShapes.end()) return fault("format is records, idrecords or references.");
  asked.shape = *found;
  return {};
}

std::optional<std::size_t> index_of(const RecordKind& kind, std::string_view name) {
  const auto found = std::find(kind.attributes.begin(), kind.attributes.end(), name);
  if (found == kind.attributes.end()) return std::nullopt;
  return static_cast<std::size_t>(found - kind.attributes.begin());
}

core::Result<void, Fault> read_order(const Query& query, const RecordKind& kind,
                                     RecordsAsked& asked) {
  for (const std::string_view name : {"sortAsc", "sortDesc"}) {
    const std::string* text = query.find(name);
    if (text == nullptr) continue;
    asked.sort_by = index_of(kind, *text);
    asked.descending = name == "sortDesc";
    if (!asked.sort_by) {
      return fault(std::string{name} + " is to be an attribute of these records.");
    }
  }
  return {};
}

core::Result<void, Fault> read_fields(const Query& query, const RecordKind& kind,
                                      RecordsAsked& asked) {
  const std::string* text = query.find("fields");
  if (text == nullptr || text->empty()) return {};
  asked.shown.assign(kind.attributes.size(), false);
  std::string_view rest = *text;
  while (!rest.empty()) {
    const std::string_view name = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(name.size() + 1, rest.size()));
    if (name == "id" || name == "href") continue;  // each record has the one that suits its form
    const auto index = index_of(kind, name);
    if (!index) return fault("fields are to be attributes of these records, between commas.");
    asked.shown[*index] = true;
  }
  return {};
}

core::Result<void, Fault> read_filter(const native::Call& call, const Query& query,
                                      const RecordKind& kind, RecordsAsked& asked) {
  const std::string* text = query.find("filter");
  if (text == nullptr || text->empty()) return {};
  const std::string* encoded = query.find("filterEncoded");
  using Spelling = RecordFilter::Spelling;
  const auto spelling = call.as.version >= kFirstEscapingVersion   ? Spelling::escaped
                        : encoded != nullptr && *encoded == "true" ? Spelling::encoded
                                                                   : Spelling::plain;
  auto filter = RecordFilter::parse(*text, spelling, kind);
  if (!filter) return fault(filter.error());
  asked.filter = *std::move(filter);
  return {};
}

std::string kept_parameters(const Query& query) {
  std::string kept;
  for (const std::string_view name : {"sortAsc", "sortDesc", "fields", "filterEncoded", "filter"}) {
    const std::string* text = query.find(name);
    if (text == nullptr) continue;
    kept.append("&").append(name).append("=").append(native::percent_encoded(*text));
  }
  return kept;
}

}  // namespace

std::string_view name_of(Shape shape) {
  switch (shape) {
    case Shape::records:
      return "records";
    case Shape::idrecords:
      return "idrecords";
    case Shape::references:
      break;
  }
  return "references";
}

representation::MediaType type_of(Shape shape) {
  switch (shape) {
    case Shape::records:
      return kRecordsType;
    case Shape::idrecords:
      return kIdRecordsType;
    case Shape::references:
      break;
  }
  return kReferencesType;
}

core::Result<RecordsAsked, std::string> asked_by(const native::Call& call, const RecordKind& kind) {
  const Query query{call.request->target.query};
  // A parameter that cannot be read must not pass as "not given": without its filter, a query
  // gives everything.
  if (!query.is_whole())
    return fault("The query has too many parameters, or one that cannot be decoded.");
  RecordsAsked asked;
  if (auto read = read_page(query, asked); !read) return fault(read.error());
  if (auto read = read_shape(query, asked); !read) return fault(read.error());
  if (auto read = read_order(query, kind, asked); !read) return fault(read.error());
  if (auto read = read_fields(query, kind, asked); !read) return fault(read.error());
  if (auto read = read_filter(call, query, kind, asked); !read) return fault(read.error());
  asked.kept = kept_parameters(query);
  return asked;
}

std::string page_url(std::string_view collection, const RecordsAsked& asked, std::int64_t page,
                     Shape shape) {
  std::string url{collection};
  url.append(collection.find('?') == std::string_view::npos ? "?" : "&");
  url.append("page=").append(std::to_string(page));
  url.append("&pageSize=").append(std::to_string(asked.page_size));
  url.append("&format=").append(name_of(shape));
  return url.append(asked.kept);
}

}  // namespace http::vcloud
