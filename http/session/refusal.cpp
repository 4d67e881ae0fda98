#include "http/session/refusal.h"

#include <string>

namespace http::session {

message::Response render_plain(const Refusal& refusal, const message::Request& /*so_far*/) {
  message::Response response;
  response.status = refusal.status;
  response.headers.add("Content-Type", "text/plain; charset=utf-8");
  std::string text{refusal.reason};
  text.push_back('\n');
  response.body = core::SharedBytes::copy_of(core::octets_of(text));
  return response;
}

}  // namespace http::session
