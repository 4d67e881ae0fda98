#include "http/cloudapi/answer.h"

#include <string>

namespace http::cloudapi {

message::Response json_answer(const native::Call& call, core::Buffer& body) {
  message::Response response;
  response.headers.add("Content-Type",
                       std::string{"application/json;version="}.append(call.as.version));
  response.body = body.freeze();
  return response;
}

void write_reference(core::json::Writer& writer, std::string_view name, std::string_view kind,
                     const core::Uuid& id) {
  if (id.is_nil()) return writer.null();
  writer.begin_object();
  writer.member("name", name);
  writer.member("id", std::string_view{native::urn(kind, id)});
  writer.end_object();
}

}  // namespace http::cloudapi
