#include "tools/oriel/bench/reply.h"

#include "core/base/octets.h"
#include "core/encoding/base64.h"
#include "core/json/value.h"
#include "core/json/writer.h"

namespace oriel::bench {

std::string answer_to(std::string_view path, std::size_t request_octets, std::size_t reply_octets) {
  std::string answer{path};
  answer += ' ';
  answer += std::to_string(request_octets);
  answer += '\n';
  if (answer.size() < reply_octets) answer.append(reply_octets - answer.size(), '.');
  return answer;
}

bool append_reply(std::string_view message, std::size_t reply_octets, core::Buffer& out) {
  const auto document = core::json::Document::parse(message);
  if (!document || !document->root().is_array() || document->root().size() == 0) return false;
  const core::json::Value request = *document->root().elements().begin();
  const auto id = request.find("id").string();
  const auto path = request.find("requestUri").string();
  const auto body = request.find("body").string();
  if (!id || !path || !body) return false;
  core::Buffer decoded;
  if (!core::decode_base64(*body, core::Base64::lenient, decoded)) return false;

  const std::string answer = answer_to(*path, decoded.size(), reply_octets);
  core::json::Writer json{out};
  json.begin_object();
  json.member("id", *id);
  json.member("request", false);
  json.member("statusCode", 200);
  json.key("headers");
  json.begin_object();
  json.member("Content-Type", "text/plain");
  json.end_object();
  json.key("body");
  json.base64(core::octets_of(answer));
  json.end_object();
  return true;
}

}  // namespace oriel::bench
