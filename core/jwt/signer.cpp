#include "core/jwt/signer.h"

#include <openssl/evp.h>

#include <array>
#include <cstddef>
#include <memory>
#include <span>

#include "core/base/check.h"
#include "core/base/octets.h"
#include "core/encoding/base64.h"
#include "core/memory/buffer.h"

namespace core::jwt {
namespace {

constexpr std::string_view kHeader = R"({"alg":"RS256","typ":"JWT"})";

using DigestPtr = std::unique_ptr<EVP_MD_CTX, tls::Freed<EVP_MD_CTX_free>>;

/// Base64 with the alphabet for URLs and without padding (RFC 7515 §2).
void append_base64url(std::string& out, Octets octets) {
  Buffer encoded;
  append_base64(encoded, octets);
  for (const char letter : encoded.text()) {
    if (letter == '=') break;
    out.push_back(letter == '+' ? '-' : letter == '/' ? '_' : letter);
  }
}

}  // namespace

Signer::Signer(tls::KeyPtr key) : key_(std::move(key)) {
  CORE_CHECK(key_ != nullptr && EVP_PKEY_is_a(key_.get(), "RSA") == 1);
  CORE_CHECK(EVP_PKEY_get_bits(key_.get()) >= kKeyBits);
}

std::string Signer::sign(std::string_view claims) const {
  std::string token;
  append_base64url(token, octets_of(kHeader));
  token.push_back('.');
  append_base64url(token, octets_of(claims));

  std::array<unsigned char, 1024> signature{};  // as many octets as the key has: 8192 bits at most
  std::size_t size = signature.size();
  const DigestPtr digest{EVP_MD_CTX_new()};
  const auto* text = reinterpret_cast<const unsigned char*>(token.data());
  tls::require(
      digest != nullptr &&
          EVP_DigestSignInit(digest.get(), nullptr, EVP_sha256(), nullptr, key_.get()) == 1 &&
          EVP_DigestSign(digest.get(), signature.data(), &size, text, token.size()) == 1,
      "sign a token");
  token.push_back('.');
  append_base64url(token, std::as_bytes(std::span{signature}.first(size)));
  return token;
}

}  // namespace core::jwt
