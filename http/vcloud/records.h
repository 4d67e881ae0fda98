#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/uuid.h"
#include "http/native/call.h"
#include "http/representation/node.h"

namespace http::vcloud {

/// The names of one query type (spec section 2.5).
struct RecordKind {
  std::string_view query;       // apiFilter
  std::string_view record;      // ApiFilterRecord
  std::string_view json_type;   // QueryResultApiFilterRecordType
  std::string_view references;  // ApiFilterReferences
  std::string_view reference;   // ApiFilterReference
  std::string_view urn_kind;    // apiFilter
  representation::MediaType type;
};

/// A value that names another object: its href in records, its URN in idrecords.
struct ReferenceValue {
  std::string href;
  std::string urn;
};

/// One line of a query's answer.
struct Record {
  core::Uuid id;
  std::string href;
  std::string name;  // of references; empty: it has none
  struct Attribute {
    std::string_view name;
    std::variant<representation::Scalar, ReferenceValue> value;
  };
  std::vector<Attribute> attributes;  // the same names in every record of a kind
};

inline constexpr std::int64_t kPageSizeDefault = 25;
inline constexpr std::int64_t kPageSizeMax = 128;  // a larger pageSize is this one

/// Answers a packaged query (spec section 2.5): one page of `records`, by the parameters page,
/// pageSize, format, sortAsc and sortDesc, with links to the other pages and formats. 400 for a
/// parameter that cannot be, and for `filter`, which packaged queries do not take yet.
void answer_records(const native::Call& call, const RecordKind& kind, std::string_view collection,
                    std::vector<Record> records);

}  // namespace http::vcloud
