#include "http/net/operator_front.h"

#include <memory>
#include <utility>

namespace http::net {

front::RequestId OperatorFront::accept(message::Request request, front::Respond respond,
                                       core::Instant) {
  const front::RequestId id{++last_};
  waiting_.emplace(id, std::move(respond));
  const auto answer = [this, id](message::Response response) { answered(id, std::move(response)); };
  if (request.target.path.starts_with(management::kPrefix)) {
    management::handle(std::make_shared<const message::Request>(std::move(request)),
                       administration_, answer);
  } else {
    operators::handle(request, source_, answer);
  }
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
