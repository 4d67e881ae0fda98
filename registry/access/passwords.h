#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace registry::access {

/// Longest password that crypt(3) takes, in octets.
inline constexpr std::size_t kPasswordOctetsMax = 511;

/// How dear one hash is: the cost parameter of yescrypt. 0 is the library's own choice, about 26
/// ms; 1 the cheapest, for tests.
struct PasswordCost {
  unsigned long parameter = 0;
};

/// Whether `password` can be one: not empty, not too long, no NUL (crypt(3) would stop there).
[[nodiscard]] bool is_usable_password(std::string_view password);

/// A crypt(3) string of `password` by yescrypt with a fresh salt. Only for usable passwords.
[[nodiscard]] std::string hash_password(std::string_view password, PasswordCost cost = {});

/// Whether `hash` (a crypt(3) string) was made of `password`. Takes as long as hashing does, so it
/// belongs on a lane. What is no usable password, and a `hash` that is none, give false.
[[nodiscard]] bool verify_password(std::string_view password, const std::string& hash);

/// Does the work of a verification that fails, for a user that does not exist: the answer must not
/// come sooner than for one that does. Needs the same cost as the hashes of real users; it has a
/// salt of its own and no hash, which would have to be made at every start.
class Decoy {
 public:
  explicit Decoy(PasswordCost cost = {});
  void verify(std::string_view password) const;

 private:
  std::string setting_;
};

}  // namespace registry::access
