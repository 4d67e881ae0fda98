#pragma once

#include <string_view>

#include "core/base/result.h"
#include "http/error/error.h"
#include "http/native/call.h"
#include "http/representation/node.h"
#include "registry/resource/description.h"
#include "registry/resource/resource.h"
#include "registry/service/registry.h"

/// Requests' documents, XML and JSON, by the description of what they say (registry/resource).
///
/// Refused, always with the path to the element and the reason: 415 for another Content-Type, 413
/// beyond the size, 400 for a document that is malformed, has another root, holds what the
/// description does not know, twice what may be there once, or a value of the wrong type or beyond
/// its limits. Elements may come in any order. Read over are fields that only the server writes,
/// links, and attributes that nobody knows, so that what was read can be written back.
namespace http::document {

using ReadResult = core::Result<registry::resource::Draft, error::ApiError>;

/// The body of a POST that makes a resource of `kind`, with those nested in it.
[[nodiscard]] ReadResult read_draft(const native::Call& call, const registry::resource::Kind& kind);

/// The body of a PUT to a resource of `kind`. Without a Content-Type it is XML (spec section 2.2).
[[nodiscard]] core::Result<registry::resource::Amendment, error::ApiError> read_amendment(
    const native::Call& call, const registry::resource::Kind& kind);

/// The body of a request that is no resource: parameters of an action, settings.
[[nodiscard]] core::Result<registry::resource::Object, error::ApiError> read_object(
    const native::Call& call, const registry::resource::Shape& shape,
    representation::MediaType type);

/// The refusal of a value in the document that read_object has read: with the path from the root to
/// `path`, which is spelt as in the description.
[[nodiscard]] error::ApiError refused_value(const native::Call& call,
                                            const registry::resource::Shape& shape,
                                            representation::MediaType type, std::string_view path,
                                            std::string_view reason);

/// A rule that the registry has found broken, in the words of the refusals above: with the path
/// from the root of the document that `call` has sent for a resource of `kind`.
[[nodiscard]] registry::service::RuleViolation as_in_document(
    registry::service::RuleViolation violation, const native::Call& call,
    const registry::resource::Kind& kind);

}  // namespace http::document
