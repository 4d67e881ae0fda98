#include "core/jwt/signer.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <string>
#include <vector>

#include "core/encoding/base64.h"
#include "core/memory/buffer.h"

namespace core::jwt {
namespace {

constexpr std::string_view kClaims = R"({"sub":"ann","exp":1700000000})";

EVP_PKEY* new_key() {
  EVP_PKEY* key = EVP_RSA_gen(2048);
  EXPECT_NE(key, nullptr);
  return key;
}

std::vector<std::string> parts_of(const std::string& token) {
  std::vector<std::string> parts(1);
  for (const char letter : token) {
    if (letter == '.') {
      parts.emplace_back();
    } else {
      parts.back().push_back(letter);
    }
  }
  return parts;
}

std::string decoded(std::string text) {
  EXPECT_EQ(text.find_first_of("+/="), std::string::npos) << text;
  std::replace(text.begin(), text.end(), '-', '+');
  std::replace(text.begin(), text.end(), '_', '/');
  while (text.size() % 4 != 0) text.push_back('=');
  Buffer octets;
  EXPECT_TRUE(decode_base64(text, Base64::strict, octets)) << text;
  return std::string{octets.text()};
}

/// Asks OpenSSL, as a client with the public key does.
bool verifies(EVP_PKEY* key, std::string_view signed_text, std::string_view signature) {
  EVP_MD_CTX* context = EVP_MD_CTX_new();
  const auto* text = reinterpret_cast<const unsigned char*>(signed_text.data());
  const auto* octets = reinterpret_cast<const unsigned char*>(signature.data());
  const bool good =
      EVP_DigestVerifyInit(context, nullptr, EVP_sha256(), nullptr, key) == 1 &&
      EVP_DigestVerify(context, octets, signature.size(), text, signed_text.size()) == 1;
  EVP_MD_CTX_free(context);
  return good;
}

class Signing : public testing::Test {
 protected:
  EVP_PKEY* key = new_key();  // the signer's
  Signer signer{tls::KeyPtr{key}};
  std::string token = signer.sign(kClaims);
  std::vector<std::string> parts = parts_of(token);
};

TEST_F(Signing, GivesHeaderClaimsAndSignature) {
  ASSERT_EQ(parts.size(), 3U);
  EXPECT_EQ(decoded(parts[0]), R"({"alg":"RS256","typ":"JWT"})");
  EXPECT_EQ(decoded(parts[1]), kClaims);
  EXPECT_EQ(decoded(parts[2]).size(), 256U);  // as the key
}

TEST_F(Signing, IsVerifiedByOpensslWithTheKeyAndWithNoOther) {
  const std::string signature = decoded(parts[2]);
  EXPECT_TRUE(verifies(key, parts[0] + "." + parts[1], signature));
  EXPECT_FALSE(verifies(key, parts[0] + "." + parts[1] + "x", signature));
  const tls::KeyPtr other{new_key()};
  EXPECT_FALSE(verifies(other.get(), parts[0] + "." + parts[1], signature));
}

TEST_F(Signing, WritesEveryLengthOfClaimsWithoutPadding) {
  for (const char* claims : {"{}", R"({"a":1})", R"({"a":10})", R"({"a":100})", R"({"ä":"ÿ~?"})"}) {
    const auto made = parts_of(signer.sign(claims));
    ASSERT_EQ(made.size(), 3U) << claims;
    EXPECT_EQ(decoded(made[1]), claims);
  }
}

}  // namespace
}  // namespace core::jwt
