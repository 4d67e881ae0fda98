#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/check.h"
#include "core/base/result.h"
#include "http/dispatch/failure.h"
#include "http/dispatch/reply.h"
#include "http/message/message.h"
#include "registry/access/caller.h"
#include "registry/model/model.h"
#include "registry/service/snapshot.h"

namespace http::dispatch {

using ServicePtr = std::shared_ptr<const registry::model::Service>;

/// Whether a path can belong to an extension: it lies under /api, and not where an administrator
/// must always get through (/api/versions, /api/session, /api/sessions, /api/admin/extension and
/// /api/query).
[[nodiscard]] bool is_extension_path(std::string_view path);

/// The services whose filters match `path`, in the order of their chain; or why the request must be
/// refused. An empty chain is for the native API.
[[nodiscard]] core::Result<std::vector<ServicePtr>, Failure> match_services(
    const registry::service::Routes& routes, std::string_view path);

/// Why the caller may not ask these services. A service with AuthorizationEnabled admits nobody
/// without a rule that allows it (spec section 5); one refusal is enough for the whole chain,
/// and so are patterns that take too long on this path, one service's or all of them together.
/// Response filters are not subject to it: rules speak of requests.
[[nodiscard]] std::optional<Failure> refusal(const std::vector<ServicePtr>& chain,
                                             const registry::service::Snapshot& snapshot,
                                             const registry::access::Caller& caller,
                                             const message::Request& request);

/// What a request needs next.
struct AskAboutRequest {
  ServicePtr service;
};
struct AskAboutResponse {
  ServicePtr service;
};
struct AskNative {};
struct Respond {};  // the response is ready
using Step = std::variant<AskAboutRequest, AskAboutResponse, AskNative, Respond>;

/// One request's way through its services (spec sections 4.1 and 4.2): first the chain of those
/// whose filters matched, by priority; then, if all of them said `request: true`, the native API;
/// then the services that want to see a response of this media type.
///
/// Decisions that the spec leaves open:
///   the chain is that of the request as it came: a changed requestUri is not matched again
///   a service is not asked about a response that it made itself
///   which services see the response is decided once, when it is first there; one of them is passed
///   over when an earlier one changed the media type so that its filter fits no more
///   a changed requestUri must stay an extension path or a native one; protected ones are refused
class Walk {
 public:
  /// `request` is the request as it came; it must live as long as the walk.
  Walk(std::shared_ptr<const registry::service::Routes> routes, std::vector<ServicePtr> chain,
       const message::Request& request)
      : routes_(std::move(routes)), chain_(std::move(chain)), original_(&request) {}

  [[nodiscard]] Step begin() { return next_of_chain(); }
  /// The service asked last wants the request to go on, changed.
  [[nodiscard]] core::Result<Step, Failure> continued(Continuation continuation);
  /// A response came from the service asked last, or, with null, from the native API.
  [[nodiscard]] Step responded(message::Response response, const registry::model::Service* by);

  /// The request as it stands: as it came, or as the services left it.
  [[nodiscard]] const message::Request& request() const {
    return changed_ ? *changed_ : *original_;
  }
  [[nodiscard]] message::Response& response() { return response_; }

 private:
  [[nodiscard]] Step next_of_chain();
  [[nodiscard]] Step next_filter();
  void find_response_filters();

  std::shared_ptr<const registry::service::Routes> routes_;
  std::vector<ServicePtr> chain_;
  std::size_t next_ = 0;  // in chain_
  const message::Request* original_;
  std::optional<message::Request> changed_;
  message::Response response_;
  const registry::model::Service* made_response_ = nullptr;
  bool has_response_ = false;
  std::vector<ServicePtr> filters_;
  std::size_t next_filter_ = 0;
};

}  // namespace http::dispatch
