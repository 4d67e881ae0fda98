#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>

#include "registry/service/registry.h"

namespace registry::service {

/// For whom a command has a password hashed, which keeps the lane for as long as dozens of others:
/// the source of a login (access::source_of), the organisation of who gives somebody a password.
/// nullopt for a command that has none hashed.
[[nodiscard]] std::optional<std::string> party_of_password(const Command& command);

/// The passwords of one shard that wait to be hashed, and for whom. Who has some under way may have
/// as many as a quarter of the free places and no more, so that nobody who sends one after the
/// other, right or wrong, uses up what is meant for all: alone a party gets to 13, and the more
/// parties there are the less each has.
class PasswordWork {
 public:
  static constexpr std::size_t kAllMax = 64;  // 26 ms each
  static constexpr std::size_t kShareOfFree = 4;

  [[nodiscard]] bool has_room_for(const std::string& party) const;
  void began(const std::string& party);
  void ended(const std::string& party);  ///< It has begun before.
  [[nodiscard]] std::size_t count() const { return count_; }

 private:
  std::size_t count_ = 0;
  std::unordered_map<std::string, std::size_t> of_;  // at most count_ entries, none is zero
};

}  // namespace registry::service
