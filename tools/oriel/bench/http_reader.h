#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/octets.h"

namespace oriel::bench {

/// Reads one HTTP/1.1 answer after another from a connection (RFC 9112), with llhttp behind it.
class HttpReader {
 public:
  enum class Heard : std::uint8_t { more, answer, broken };

  HttpReader();
  ~HttpReader();

  /// Takes what came from the server. `answer`: one is complete, and can be asked for until the
  /// next call. Octets behind an answer to the only request that was sent are `broken`.
  [[nodiscard]] Heard hear(core::Octets octets);

  [[nodiscard]] int status() const;
  [[nodiscard]] std::string_view body() const;
  [[nodiscard]] bool keeps_alive() const;  ///< The connection takes another request.
  /// The first header called `name`, in whatever case; empty when there is none.
  [[nodiscard]] std::string_view header(std::string_view name) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace oriel::bench
