#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace registry::access {

/// From where accounts have logged in. Bounded twice, so that neither one account nor one source
/// can make the others be forgotten: beyond kSourcesMax the source of an account goes that was used
/// longest ago, beyond kAccountsMax the account.
class KnownSources {
 public:
  static constexpr std::size_t kAccountsMax = 4096;
  static constexpr std::size_t kSourcesMax = 16;  // of one account

  [[nodiscard]] bool knows(std::string_view account, std::string_view source) const;
  void logged_in(std::string_view account, std::string_view source);
  [[nodiscard]] std::size_t accounts() const { return accounts_.size(); }

 private:
  struct Account {
    std::vector<std::string> sources;  // the one used last is the last
    std::uint64_t used = 0;            // the number of the login
  };
  void make_room();

  std::unordered_map<std::string, Account> accounts_;
  std::uint64_t logins_ = 0;
};

}  // namespace registry::access
