#include "http/net/operator_front.h"

#include <utility>

namespace http::net {

front::RequestId OperatorFront::accept(message::Request request, front::Respond respond,
                                       core::Instant) {
  const front::RequestId id{++last_};
  waiting_.emplace(id, std::move(respond));
  operators::handle(request, source_,
                    [this, id](message::Response response) { answered(id, std::move(response)); });
  return id;
}

void OperatorFront::answered(front::RequestId id, message::Response response) {
  const auto found = waiting_.find(id);
  if (found == waiting_.end()) return;  // the caller has gone
  front::Respond respond = std::move(found->second);
  waiting_.erase(found);
  respond(id, std::move(response));
}

void OperatorFront::abandon(front::RequestId id, core::Instant) { waiting_.erase(id); }

}  // namespace http::net
