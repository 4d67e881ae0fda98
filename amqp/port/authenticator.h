#pragma once

#include <functional>
#include <string>

namespace amqp::port {

struct Credentials {
  std::string user;
  std::string password;
  bool from_loopback = false;
  std::string source{};  // IP address, for the brute-force limit
};

/// Who may log in. Checking a password is slow on purpose, so the answer may come later.
class Authenticator {
 public:
  virtual ~Authenticator() = default;
  /// `done` runs once on the calling shard, within this call or later.
  virtual void check(Credentials credentials, std::function<void(bool accepted)> done) = 0;
  /// Whether `user`, whose name a trusted client certificate carries, may log in without a password
  /// (SASL EXTERNAL). `done` as in `check`.
  virtual void by_certificate(std::string user, std::function<void(bool accepted)> done) {
    static_cast<void>(user);
    done(false);
  }
};

}  // namespace amqp::port
