#include "http/session/refusal.h"

#include <string>

namespace http::session {

std::string words_of(const Refusal& refusal) {
  std::string words{refusal.reason};
  if (refusal.limit == 0) return words;
  return words.append(" of ").append(std::to_string(refusal.limit)).append(" octets");
}

message::Response render_plain(const Refusal& refusal, const message::Request& /*so_far*/) {
  message::Response response;
  response.status = refusal.status;
  response.headers.add("Content-Type", "text/plain; charset=utf-8");
  std::string text = words_of(refusal);
  text.push_back('\n');
  response.body = core::SharedBytes::copy_of(core::octets_of(text));
  return response;
}

}  // namespace http::session
