#pragma once

#include <string>
#include <vector>

#include "core/base/result.h"
#include "http/vcloud/given.h"
#include "registry/service/registry.h"

namespace http::vcloud {

/// What a Service document gives (spec section 2.2), for a creation or a change.
struct GivenService {
  registry::service::ChangeService members;  // without the id
  std::string operation_key;                 // counts on creation only
  /// Containers that were given and that nothing is kept of: ServiceLinks and the like.
  std::vector<std::string> not_kept;
};

/// Why a document is no such resource, with the path to the part at fault.
using ReadFault = std::string;

/// Reads a Service. Members may come in any order; each at most once. Numbers and truth values are
/// judged here; lengths, required members and filters by the rules of registry/model.
[[nodiscard]] core::Result<GivenService, ReadFault> read_service(const GivenDocument& document);

/// The service that a creation gives; a fault when a required member is missing.
[[nodiscard]] core::Result<registry::model::Service, ReadFault> new_service(
    const GivenService& given, representation::Format format);

/// Reads an ApiFilter (spec section 3.1).
[[nodiscard]] core::Result<registry::model::ApiFilter, ReadFault> read_filter(
    const GivenDocument& document);

}  // namespace http::vcloud
