#pragma once

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/uuid.h"
#include "http/representation/node.h"

namespace http::vcloud {

/// One query type (spec section 2.5): its names and what its records say.
struct RecordKind {
  std::string_view query;       // apiFilter
  std::string_view record;      // ApiFilterRecord
  std::string_view json_type;   // QueryResultApiFilterRecordType
  std::string_view references;  // ApiFilterReferences
  std::string_view reference;   // ApiFilterReference
  std::string_view urn_kind;    // apiFilter
  representation::MediaType type;
  std::span<const std::string_view> attributes;  // besides id and href
};

/// A value that names another object: its href in records, its URN in idrecords.
struct ReferenceValue {
  std::string href;
  std::string urn;
};

/// One line of a query's answer.
struct Record {
  using Value = std::variant<representation::Scalar, ReferenceValue>;

  core::Uuid id;
  std::string href;
  std::string name;           // of references; empty: it has none
  std::vector<Value> values;  // one for each attribute of its kind, in their order
};

}  // namespace http::vcloud
