#include "http/cloudapi/paging.h"

#include <algorithm>
#include <charconv>
#include <string>

#include "http/native/query.h"

namespace http::cloudapi {
namespace {

constexpr std::uint64_t kPageMax = 1'000'000'000;

/// A number from 1 on; false when it is none.
bool read(const native::Query& query, std::string_view name, std::uint64_t maximum,
          std::uint64_t& into) {
  const std::string* text = query.find(name);
  if (text == nullptr) return true;
  std::uint64_t value = 0;
  const char* end = text->data() + text->size();
  const auto result = std::from_chars(text->data(), end, value);
  if (result.ec != std::errc{} || result.ptr != end || value == 0) return false;
  into = std::min(value, maximum);
  return true;
}

core::Unexpected<error::ApiError> bad(std::string text) {
  return core::Unexpected{error::ApiError{400, error::kBadRequest, std::move(text)}};
}

}  // namespace

core::Result<Page, error::ApiError> page_of(const native::Call& call) {
  const native::Query query{call.request->target.query};
  if (!query.is_whole()) return bad("The parameters cannot be read.");
  Page page;
  if (!read(query, "page", kPageMax, page.number)) return bad("page must be a number from 1 on.");
  if (read(query, "pageSize", kPageSizeMax, page.size)) return page;
  return bad("pageSize must be a number from 1 on.");
}

void write_page(core::json::Writer& writer, const Page& page, std::uint64_t total) {
  writer.member("resultTotal", total);
  writer.member("pageCount", (total + page.size - 1) / page.size);
  writer.member("page", page.number);
  writer.member("pageSize", page.size);
}

}  // namespace http::cloudapi
