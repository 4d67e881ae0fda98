#pragma once

#include <string>

#include "registry/resource/description.h"

/// What the elements of a query type are called (registry/resource/description.h, Query).
namespace http::schema {

[[nodiscard]] std::string record_name(const registry::resource::Query& query);      // OrgRecord
[[nodiscard]] std::string references_name(const registry::resource::Query& query);  // …References
[[nodiscard]] std::string reference_name(const registry::resource::Query& query);   // …Reference

}  // namespace http::schema
