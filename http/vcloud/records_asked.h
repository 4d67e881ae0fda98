#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "http/native/call.h"
#include "http/vcloud/record_filter.h"

namespace http::vcloud {

/// The three forms of a query's answer (spec section 2.5).
enum class Shape : std::uint8_t { records, idrecords, references };
inline constexpr std::array<Shape, 3> kShapes{Shape::records, Shape::idrecords, Shape::references};

[[nodiscard]] std::string_view name_of(Shape shape);
[[nodiscard]] representation::MediaType type_of(Shape shape);

inline constexpr std::int64_t kPageSizeDefault = 25;
inline constexpr std::int64_t kPageSizeMax = 128;  // a larger pageSize is this one

/// What the parameters of a query ask for.
struct RecordsAsked {
  Shape shape = Shape::records;
  std::int64_t page = 1;
  std::int64_t page_size = kPageSizeDefault;
  std::optional<std::size_t> sort_by;  // an attribute of the kind
  bool descending = false;
  std::vector<bool> shown;  // which attributes of the kind `fields` names; empty: all
  std::optional<RecordFilter> filter;
  std::string kept;  // sortAsc, sortDesc, fields and filter as they were, for links to other pages

  [[nodiscard]] bool shows(std::size_t attribute) const {
    return shown.empty() || shown[attribute];
  }
};

/// Reads them, or says what cannot be. `kind` outlives the result.
[[nodiscard]] core::Result<RecordsAsked, std::string> asked_by(const native::Call& call,
                                                               const RecordKind& kind);

/// The URL of one page in one form.
[[nodiscard]] std::string page_url(std::string_view collection, const RecordsAsked& asked,
                                   std::int64_t page, Shape shape);

}  // namespace http::vcloud
