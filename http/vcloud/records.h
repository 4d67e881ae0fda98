#pragma once

#include <string_view>
#include <vector>

#include "http/native/call.h"
#include "http/vcloud/query_type.h"

namespace http::vcloud {

/// The resources that a query of `type` is about, for the caller of `call`: those below `ancestor`,
/// of any depth, or all when it is null.
[[nodiscard]] std::vector<const registry::resource::Resource*> candidates(
    const native::Call& call, const QueryType& type, const registry::resource::Resource* ancestor,
    const registry::resource::Resources& there);

/// Answers a query (spec section 2.5): one page of those candidates that its filter admits, by the
/// parameters page, pageSize, offset, format, sortAsc, sortDesc, fields, links, filter and
/// filterEncoded, with links to the other pages and formats. 400 for a parameter that cannot be.
/// `collection` is the URL that the parameters follow.
void answer_records(const native::Call& call, const QueryType& type, std::string_view collection,
                    const registry::resource::Resource* ancestor,
                    const registry::resource::Resources& there);

}  // namespace http::vcloud
