#include "core/tls/openssl.h"

#include <openssl/err.h>

#include <array>
#include <stdexcept>

namespace core::tls {

void initialize() {
  require(OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr) == 1, "prepare OpenSSL");
}

std::string take_openssl_error() {
  const unsigned long code = ERR_get_error();
  ERR_clear_error();
  if (code == 0) return "no reason given";
  std::array<char, 256> text{};
  ERR_error_string_n(code, text.data(), text.size());
  return text.data();
}

void require(bool worked, const std::string& act) {
  if (!worked) throw std::runtime_error{"cannot " + act + ": " + take_openssl_error()};
}

}  // namespace core::tls
