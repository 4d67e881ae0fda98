#include "registry/access/password_cache.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "core/base/check.h"
#include "core/base/random.h"

namespace registry::access {

PasswordCache::PasswordCache(core::Duration lifetime) : lifetime_(lifetime) {
  core::fill_random(key_);
}

bool PasswordCache::knows(const core::Uuid& user, std::string_view password,
                          const std::string& hash, core::Instant now) const {
  const auto entry = entries_.find(user);
  if (entry == entries_.end() || now >= entry->second.until) return false;
  const Mac mac = mac_of(user, password, hash);
  return CRYPTO_memcmp(mac.data(), entry->second.mac.data(), mac.size()) == 0;
}

void PasswordCache::remember(const core::Uuid& user, std::string_view password,
                             const std::string& hash, core::Instant now) {
  if (entries_.size() >= kUsersMax && !entries_.contains(user)) entries_.clear();
  entries_[user] = Entry{mac_of(user, password, hash), now + lifetime_};
}

PasswordCache::Mac PasswordCache::mac_of(const core::Uuid& user, std::string_view password,
                                         const std::string& hash) const {
  // Neither part before the password varies in a way that could be taken for a piece of it: the
  // identifier has a fixed length, and a crypt(3) string has no NUL.
  std::string text = user.to_string();
  text.append(hash).push_back('\0');
  text.append(password);
  Mac mac{};
  unsigned int length = 0;
  const unsigned char* made =
      HMAC(EVP_sha256(), key_.data(), static_cast<int>(key_.size()),
           reinterpret_cast<const unsigned char*>(text.data()), text.size(), mac.data(), &length);
  OPENSSL_cleanse(text.data(), text.size());
  CORE_CHECK(made != nullptr && length == mac.size());
  return mac;
}

}  // namespace registry::access
