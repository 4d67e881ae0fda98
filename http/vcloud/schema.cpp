#include "http/schema/xsd.h"

#include "core/base/octets.h"
#include "http/vcloud/routes.h"

namespace http::vcloud {
namespace {

void get_schema(const native::Call& call) {
  const schema::SchemaFile* file = schema::schema_file(call.segments.front());
  if (file == nullptr) return call.not_found();
  message::Response response;
  response.headers.add("Content-Type", "application/xml");
  response.body = core::SharedBytes::copy_of(core::octets_of(file->text));
  call.answer(std::move(response));
}

}  // namespace

std::vector<native::Route> schema_routes() {
  return {{"/api/v1.5/schema/{}", native::Access::anybody, {{"GET", get_schema}}, true}};
}

}  // namespace http::vcloud
