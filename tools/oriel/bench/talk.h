#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/octets.h"
#include "tools/oriel/bench/http_reader.h"

namespace oriel::bench {

/// What the load generator says and hears on one connection: one question at a time.
class Talk {
 public:
  enum class Heard : std::uint8_t {
    more,     // the answer goes on
    right,    // it is complete, and the answer to this question
    wrong,    // it is complete, but it is not
    refused,  // it is complete, and says that something failed: see status()
    broken,   // what came is no answer at all
  };
  virtual ~Talk() = default;

  /// Appends question `number` to `out`.
  virtual void ask(std::uint64_t number, std::string& out) = 0;
  [[nodiscard]] virtual Heard hear(core::Octets octets) = 0;
  [[nodiscard]] virtual int status() const { return 0; }
  [[nodiscard]] virtual bool keeps_alive() const { return true; }
};

/// What every HTTP question of a run has in common.
struct HttpQuestions {
  std::string authority;
  std::string path;   // question n goes to path/n
  std::string token;  // access token; empty: none
  std::size_t request_octets = 0;
  std::size_t reply_octets = 0;
};

[[nodiscard]] std::unique_ptr<Talk> make_http_talk(const HttpQuestions& questions);

/// Octets of a message of the bare ping-pong: its number and padding.
inline constexpr std::size_t kPingOctets = 256;
[[nodiscard]] std::unique_ptr<Talk> make_ping_talk();

}  // namespace oriel::bench
