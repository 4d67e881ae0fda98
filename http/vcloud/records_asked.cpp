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
  return fault(std::string{name} + " must be a number from " + std::to_string(least) + " on.");
}

core::Result<void, Fault> read_page(const Query& query, RecordsAsked& asked) {
  const auto page = number(query, "page", 1, 1);
  if (!page) return fault(page.error());
  const auto page_size = number(query, "pageSize", 1, kPageSizeDefault);
  if (!page_size) return fault(page_size.error());
  const auto offset = number(query, "offset", 0, 0);
  if (!offset) return fault(offset.error());
  asked.offset = *offset;
  asked.page = *page;
  asked.page_size = std::min(*page_size, kPageSizeMax);
  return {};
}

core::Result<void, Fault> read_form(const Query& query, RecordsAsked& asked) {
  const std::string* text = query.find("format");
  if (text == nullptr) return {};
  const auto* found =
      std::find_if(kForms.begin(), kForms.end(), [&](Form form) { return name_of(form) == *text; });
  if (found == kForms.end()) return fault("format must be records, idrecords or references.");
  asked.form = *found;
  return {};
}

Fault not_there(std::string_view parameter, std::string_view attribute, const QueryType& type) {
  return std::string{parameter} + " names \"" + std::string{attribute} +
         "\", which these records do not have; they have " + type.listed() + ".";
}

core::Result<void, Fault> read_order(const Query& query, const QueryType& type,
                                     RecordsAsked& asked) {
  if (query.find("sortAsc") != nullptr && query.find("sortDesc") != nullptr) {
    return fault("sortAsc and sortDesc must not be given together.");
  }
  for (const std::string_view name : {"sortAsc", "sortDesc"}) {
    const std::string* text = query.find(name);
    if (text == nullptr) continue;
    asked.sort_by = type.find(*text);
    asked.descending = name == "sortDesc";
    if (!asked.sort_by) {
      return fault(not_there(name, *text, type));
    }
  }
  return {};
}

core::Result<void, Fault> read_fields(const Query& query, const QueryType& type,
                                      RecordsAsked& asked) {
  const std::string* text = query.find("fields");
  if (text == nullptr || text->empty()) return {};
  asked.shown.assign(type.size(), false);
  std::string_view rest = *text;
  while (!rest.empty()) {
    const std::string_view name = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(name.size() + 1, rest.size()));
    if (name == "id" || name == "href") continue;  // each record has the one that suits its form
    const auto index = type.find(name);
    if (!index) return fault(not_there("fields", name, type));
    asked.shown[*index] = true;
  }
  return {};
}

/// false unless it is given.
core::Result<bool, Fault> truth(const Query& query, std::string_view name) {
  const std::string* text = query.find(name);
  if (text == nullptr) return false;
  if (*text == "true" || *text == "false") return *text == "true";
  return fault(std::string{name} + " must be true or false.");
}

core::Result<void, Fault> read_links(const Query& query, RecordsAsked& asked) {
  const auto links = truth(query, "links");
  if (!links) return fault(links.error());
  asked.links = *links;
  return {};
}

core::Result<void, Fault> read_filter(const native::Call& call, const Query& query,
                                      const QueryType& type, RecordsAsked& asked) {
  const auto encoded = truth(query, "filterEncoded");
  if (!encoded) return fault(encoded.error());
  const std::string* text = query.find("filter");
  if (text == nullptr || text->empty()) return {};
  using Spelling = RecordFilter::Spelling;
  const auto spelling = call.as.version >= kFirstEscapingVersion ? Spelling::escaped
                        : *encoded                               ? Spelling::encoded
                                                                 : Spelling::plain;
  auto filter = RecordFilter::parse(*text, spelling, type);
  if (!filter) return fault(filter.error());
  asked.filter = *std::move(filter);
  return {};
}

std::string kept_parameters(const Query& query) {
  std::string kept;
  for (const std::string_view name :
       {"sortAsc", "sortDesc", "fields", "offset", "links", "filterEncoded", "filter"}) {
    const std::string* text = query.find(name);
    if (text == nullptr) continue;
    kept.append("&").append(name).append("=").append(native::percent_encoded(*text));
  }
  return kept;
}

}  // namespace

std::string_view name_of(Form form) {
  switch (form) {
    case Form::records:
      return "records";
    case Form::idrecords:
      return "idrecords";
    case Form::references:
      break;
  }
  return "references";
}

representation::MediaType type_of(Form form) {
  switch (form) {
    case Form::records:
      return kRecordsType;
    case Form::idrecords:
      return kIdRecordsType;
    case Form::references:
      break;
  }
  return kReferencesType;
}

core::Result<RecordsAsked, std::string> asked_by(const native::Call& call, const QueryType& type) {
  const Query query{call.request->target.query};
  // A parameter that cannot be read must not pass as "not given": without its filter, a query
  // gives everything.
  if (!query.is_whole())
    return fault("The query has too many parameters, or one that cannot be decoded.");
  constexpr std::array<std::string_view, 11> kOnce{"type",   "page",    "pageSize",     "offset",
                                                   "format", "sortAsc", "sortDesc",     "fields",
                                                   "links",  "filter",  "filterEncoded"};
  if (const auto twice = query.doubled(kOnce); !twice.empty()) {
    return fault(std::string{twice} + " must be given once only.");
  }
  RecordsAsked asked;
  if (auto read = read_page(query, asked); !read) return fault(read.error());
  if (auto read = read_form(query, asked); !read) return fault(read.error());
  if (auto read = read_order(query, type, asked); !read) return fault(read.error());
  if (auto read = read_fields(query, type, asked); !read) return fault(read.error());
  if (auto read = read_filter(call, query, type, asked); !read) return fault(read.error());
  if (auto read = read_links(query, asked); !read) return fault(read.error());
  asked.kept = kept_parameters(query);
  return asked;
}

std::string page_url(std::string_view collection, const RecordsAsked& asked, std::int64_t page,
                     Form form) {
  std::string url{collection};
  url.append(collection.find('?') == std::string_view::npos ? "?" : "&");
  url.append("page=").append(std::to_string(page));
  url.append("&pageSize=").append(std::to_string(asked.page_size));
  url.append("&format=").append(name_of(form));
  return url.append(asked.kept);
}

}  // namespace http::vcloud
