#pragma once

#include <string_view>
#include <vector>

#include "http/native/call.h"
#include "http/vcloud/record.h"

namespace http::vcloud {

/// Answers a query (spec section 2.5): one page of those `records` that its filter admits, by the
/// parameters page, pageSize, format, sortAsc, sortDesc, fields, filter and filterEncoded, with
/// links to the other pages and formats. 400 for a parameter that cannot be. `collection` is the
/// URL that the parameters follow.
void answer_records(const native::Call& call, const RecordKind& kind, std::string_view collection,
                    std::vector<Record> records);

}  // namespace http::vcloud
