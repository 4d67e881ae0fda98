#include "registry/access/passwords.h"

#include <crypt.h>
#include <string.h>

#include <array>
#include <memory>
#include <span>

#include "core/base/check.h"
#include "core/base/random.h"
#include "registry/access/secrets.h"

namespace registry::access {
namespace {

/// Working space of crypt_r, 32 KiB, wiped afterwards: parts of it follow from the password.
struct Work {
  std::unique_ptr<crypt_data> data = std::make_unique<crypt_data>();
  Work() = default;
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;
  ~Work() { ::explicit_bzero(data.get(), sizeof(crypt_data)); }
};

/// crypt(3); empty when it does not take the setting.
std::string crypt_with(std::string_view password, const std::string& setting) {
  Work work;
  std::string phrase{password};
  const char* hashed = ::crypt_r(phrase.c_str(), setting.c_str(), work.data.get());
  ::explicit_bzero(phrase.data(), phrase.size());
  if (hashed == nullptr || hashed[0] == '*') return {};
  return hashed;
}

/// Method, cost and a fresh salt, as crypt(3) wants them.
std::string new_setting(PasswordCost cost) {
  std::array<char, 32> salt{};
  core::fill_random(std::as_writable_bytes(std::span{salt}));
  std::array<char, CRYPT_GENSALT_OUTPUT_SIZE> setting{};
  const char* made =
      ::crypt_gensalt_rn("$y$", cost.parameter, salt.data(), static_cast<int>(salt.size()),
                         setting.data(), static_cast<int>(setting.size()));
  CORE_CHECK(made != nullptr);
  return made;
}

}  // namespace

bool is_usable_password(std::string_view password) {
  return !password.empty() && password.size() <= kPasswordOctetsMax &&
         password.find('\0') == std::string_view::npos;
}

std::string hash_password(std::string_view password, PasswordCost cost) {
  CORE_CHECK(is_usable_password(password));
  std::string hash = crypt_with(password, new_setting(cost));
  CORE_CHECK(!hash.empty());
  return hash;
}

bool verify_password(std::string_view password, const std::string& hash) {
  if (!is_usable_password(password) || hash.empty()) return false;
  const std::string again = crypt_with(password, hash);
  return !again.empty() && equal_secrets(again, hash);
}

Decoy::Decoy(PasswordCost cost) : setting_(new_setting(cost)) {}

void Decoy::verify(std::string_view password) const {
  if (is_usable_password(password)) static_cast<void>(crypt_with(password, setting_));
}

}  // namespace registry::access
