#include "tests/unit/http/native/exchange.h"

#include <gtest/gtest.h>

#include "core/encoding/base64.h"
#include "core/memory/buffer.h"

namespace http::native {

Exchange::Exchange(front::NativeApi& api, std::string_view method, std::string_view target)
    : api_(api) {
  request_.method = method;
  const std::size_t mark = target.find('?');
  request_.target.path = target.substr(0, mark);
  if (mark != std::string_view::npos) request_.target.query = target.substr(mark + 1);
  request_.headers.add("Host", "vcd.example.org:8080");
  request_.ends.remote_address = "192.0.2.1";
  request_.ends.local_address = "192.0.2.2";
  request_.ends.local_port = 8080;
}

Exchange& Exchange::header(std::string_view name, std::string_view value) {
  request_.headers.set(name, value);
  return *this;
}

Exchange& Exchange::body(std::string_view type, std::string_view text) {
  if (!type.empty()) header("Content-Type", type);
  request_.body = core::SharedBytes::copy_of(core::octets_of(text));
  return *this;
}

Exchange& Exchange::basic(std::string_view user_and_password) {
  core::Buffer encoded;
  core::append_base64(encoded, core::octets_of(user_and_password));
  return header("Authorization", "Basic " + std::string{encoded.text()});
}

Exchange& Exchange::as(const registry::access::Caller& caller) {
  caller_ = caller;
  return *this;
}

Exchange& Exchange::over_tls() {
  request_.ends.tls = true;
  return *this;
}

const Answer& Exchange::send() {
  api_.handle(request_, caller_ ? &*caller_ : nullptr, FakeRegistry::kNow,
              [this](message::Response response) {
                EXPECT_EQ(answer_.status, 0) << "answered twice";
                answer_ = {response.status, response.headers, std::string{response.body.text()}};
              });
  return answer_;
}

}  // namespace http::native
