#pragma once

#include <cstdint>
#include <string_view>

#include "core/base/result.h"
#include "core/json/writer.h"
#include "http/error/error.h"
#include "http/native/call.h"

/// Lists of /cloudapi come in pages: an object of resultTotal, pageCount, page, pageSize, values.
namespace http::cloudapi {

inline constexpr std::uint64_t kPageSizeDefault = 25;
inline constexpr std::uint64_t kPageSizeMax = 128;  // a larger one counts as this

struct Page {
  std::uint64_t number = 1;
  std::uint64_t size = kPageSizeDefault;

  /// How many values stand before it.
  [[nodiscard]] std::uint64_t first() const { return (number - 1) * size; }
};

/// The page that the query asks for; 400 when a parameter cannot be read.
[[nodiscard]] core::Result<Page, error::ApiError> page_of(const native::Call& call);

/// The members before `values`, of which there are `total`.
void write_page(core::json::Writer& writer, const Page& page, std::uint64_t total);

}  // namespace http::cloudapi
