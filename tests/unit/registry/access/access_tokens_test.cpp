#include "registry/access/access_tokens.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <chrono>
#include <string>

#include "core/encoding/base64.h"
#include "core/json/value.h"
#include "core/memory/buffer.h"

namespace registry::access {
namespace {

constexpr core::WallTime kIssued{std::chrono::seconds{1'700'000'000}};
constexpr core::WallTime kExpires = kIssued + std::chrono::hours{24};
constexpr std::string_view kInstallation = "b70b983e-4155-4546-b75a-594154f62fd6";

Caller ann() {
  Caller caller;
  caller.user_name = "ann \"the\" admin";
  caller.organisation = core::Uuid::random();
  return caller;
}

/// What a client sees that looks into a token without checking it.
core::json::Document claims_in(const std::string& token) {
  const std::size_t first = token.find('.');
  std::string text = token.substr(first + 1, token.find('.', first + 1) - first - 1);
  std::replace(text.begin(), text.end(), '-', '+');
  std::replace(text.begin(), text.end(), '_', '/');
  while (text.size() % 4 != 0) text.push_back('=');
  core::Buffer octets;
  EXPECT_TRUE(core::decode_base64(text, core::Base64::strict, octets)) << token;
  auto document = core::json::Document::parse(octets.text());
  EXPECT_TRUE(document) << octets.text();
  return *std::move(document);
}

// spec 1.3 [V]
TEST(AccessTokens, SayWhoAndWhereAndUntilWhen) {
  AccessTokens tokens{std::string{kInstallation}};
  tokens.sign_with(core::jwt::Signer{core::tls::KeyPtr{EVP_RSA_gen(2048)}});
  const Caller caller = ann();
  const auto token = tokens.make(caller, kIssued, kExpires);
  ASSERT_TRUE(token);
  EXPECT_TRUE(token->starts_with("eyJ"));  // {" as everybody knows it from JWTs
  const auto document = claims_in(*token);
  const auto claims = document.root();
  EXPECT_EQ(claims.find("sub").string(), "ann \"the\" admin");
  EXPECT_EQ(claims.find("iss").string(),
            caller.organisation.to_string() + "@" + std::string{kInstallation});
  EXPECT_EQ(claims.find("exp").integer(), 1'700'086'400);
  EXPECT_EQ(claims.find("iat").integer(), 1'700'000'000);
  EXPECT_EQ(claims.find("version").string(), "vcloud_1.0");
  const std::string jti{claims.find("jti").string().value_or("")};
  EXPECT_EQ(jti.size(), 32U);
  EXPECT_EQ(jti.find_first_not_of("0123456789abcdef"), std::string::npos);
}

TEST(AccessTokens, AreNeverTheSameForOneUserAndMoment) {
  AccessTokens tokens{std::string{kInstallation}};
  tokens.sign_with(core::jwt::Signer{core::tls::KeyPtr{EVP_RSA_gen(2048)}});
  const Caller caller = ann();
  EXPECT_NE(tokens.make(caller, kIssued, kExpires), tokens.make(caller, kIssued, kExpires));
}

TEST(AccessTokens, AreNoneWithoutAKey) {
  EXPECT_FALSE(AccessTokens{std::string{kInstallation}}.make(ann(), kIssued, kExpires));
}

}  // namespace
}  // namespace registry::access
