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
enum class Form : std::uint8_t { records, idrecords, references };
inline constexpr std::array<Form, 3> kForms{Form::records, Form::idrecords, Form::references};

[[nodiscard]] std::string_view name_of(Form form);
[[nodiscard]] representation::MediaType type_of(Form form);

inline constexpr std::int64_t kPageSizeDefault = 25;
inline constexpr std::int64_t kPageSizeMax = 128;  // a larger pageSize is this one

/// What the parameters of a query ask for.
struct RecordsAsked {
  Form form = Form::records;
  std::int64_t page = 1;
  std::int64_t page_size = kPageSizeDefault;
  std::int64_t offset = 0;             // so many records before the first page are left out
  std::optional<std::size_t> sort_by;  // an attribute of the type
  bool descending = false;
  bool links = false;       // each record comes with the links of its resource
  std::vector<bool> shown;  // which attributes of the type `fields` names; empty: all
  std::optional<RecordFilter> filter;
  std::string kept;  // all but page, pageSize and format as they were, for links to other pages

  [[nodiscard]] bool shows(std::size_t attribute) const {
    return shown.empty() || shown[attribute];
  }
};

/// Reads them, or says what cannot be. `type` outlives the result.
[[nodiscard]] core::Result<RecordsAsked, std::string> asked_by(const native::Call& call,
                                                               const QueryType& type);

/// The URL of one page in one form.
[[nodiscard]] std::string page_url(std::string_view collection, const RecordsAsked& asked,
                                   std::int64_t page, Form form);

}  // namespace http::vcloud
