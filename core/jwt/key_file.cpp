#include "core/jwt/key_file.h"

#include <openssl/rsa.h>

#include <stdexcept>
#include <system_error>

#include "core/jwt/signer.h"
#include "core/tls/pem_file.h"

namespace core::jwt {
namespace {

namespace fs = std::filesystem;

bool is_there(const fs::path& file) {
  std::error_code missing;
  return fs::file_size(file, missing) > 0 && !missing;
}

tls::KeyPtr make_key(const fs::path& file) {
  tls::KeyPtr key{EVP_RSA_gen(static_cast<unsigned int>(Signer::kKeyBits))};
  tls::require(key != nullptr, "make an RSA key");
  tls::write_key(file, *key);
  tls::sync_file(file);
  tls::sync_file(file.parent_path());
  return key;
}

void refuse_a_key_for_others(const fs::path& file) {
  constexpr fs::perms kOthers = fs::perms::group_all | fs::perms::others_all;
  if ((fs::status(file).permissions() & kOthers) == fs::perms::none) return;
  throw std::runtime_error{"the key file " + file.string() +
                           " is open to other users; take their rights away (chmod 600 FILE)"};
}

}  // namespace

tls::KeyPtr kept_key(const fs::path& file) {
  if (!is_there(file)) return make_key(file);
  refuse_a_key_for_others(file);
  tls::KeyPtr key = tls::read_key(file);
  if (EVP_PKEY_is_a(key.get(), "RSA") != 1 || EVP_PKEY_get_bits(key.get()) < Signer::kKeyBits) {
    throw std::runtime_error{"the key in " + file.string() + " is no RSA key of " +
                             std::to_string(Signer::kKeyBits) + " bits or more"};
  }
  return key;
}

}  // namespace core::jwt
