#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace oriel::broker {

/// What the API answered.
struct Answer {
  int status = 0;
  std::string body;
  [[nodiscard]] bool ok() const { return status >= 200 && status < 300; }
};

/// The management API of the appliance that runs in a data folder; one connection per call,
/// blocking.
class Api {
 public:
  /// Reads listen.json and operator.token there; the sentence says what is missing.
  [[nodiscard]] static core::Result<Api, std::string> of(const std::string& data_folder);

  /// `path` is what follows /api/, percent-encoded.
  [[nodiscard]] core::Result<Answer, std::string> call(std::string_view method,
                                                       std::string_view path,
                                                       std::string_view body = {}) const;

 private:
  Api(std::string url, std::string token) : url_(std::move(url)), token_(std::move(token)) {}

  std::string url_;
  std::string token_;
};

/// A name as one segment of a path: all but letters, digits, `-`, `.`, `_` escaped, and a name that
/// is all dots too.
[[nodiscard]] std::string segment(std::string_view name);

/// What went wrong, for a person: the reason that the API gives, or the status.
[[nodiscard]] std::string reason_of(const Answer& answer);

}  // namespace oriel::broker
