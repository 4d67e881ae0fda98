#pragma once

// One request to a native API and its answer, for tests.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/front/native_api.h"
#include "http/message/message.h"
#include "tests/unit/http/native/fake_registry.h"

namespace http::native {

struct Answer {
  std::uint16_t status = 0;  // 0: none yet
  message::Headers headers;
  std::string body;

  [[nodiscard]] std::string header(std::string_view name) const {
    const std::string* value = headers.find(name);
    return value != nullptr ? *value : "";
  }
};

class Exchange {
 public:
  Exchange(front::NativeApi& api, std::string_view method, std::string_view target);

  Exchange& header(std::string_view name, std::string_view value);
  Exchange& accept(std::string_view value) { return header("Accept", value); }
  Exchange& body(std::string_view type, std::string_view text);
  Exchange& basic(std::string_view user_and_password);
  Exchange& as(const registry::access::Caller& caller);
  Exchange& over_tls();

  /// Hands the request in; the answer, or what is empty while the registry is held.
  const Answer& send();
  [[nodiscard]] const Answer& answer() const { return answer_; }

 private:
  front::NativeApi& api_;
  message::Request request_;
  std::optional<registry::access::Caller> caller_;
  Answer answer_;
};

}  // namespace http::native
