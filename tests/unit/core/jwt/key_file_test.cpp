#include "core/jwt/key_file.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <sys/stat.h>

#include <fstream>
#include <stdexcept>
#include <string>

#include "core/jwt/signer.h"
#include "core/tls/pem_file.h"
#include "tests/unit/core/tls/temporary_directory.h"

namespace core::jwt {
namespace {

class KeyFile : public testing::Test {
 protected:
  tls::TemporaryDirectory directory;
  std::filesystem::path file = directory.path() / "tokens.key";

  std::string refusal() {
    try {
      static_cast<void>(kept_key(file));
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "none";
  }
};

TEST_F(KeyFile, IsMadeForItsOwnerOnlyAndKept) {
  const tls::KeyPtr made = kept_key(file);
  EXPECT_EQ(EVP_PKEY_get_bits(made.get()), Signer::kKeyBits);
  struct stat status {};
  ASSERT_EQ(::stat(file.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777U, 0600U);
  const tls::KeyPtr again = kept_key(file);
  EXPECT_EQ(EVP_PKEY_eq(made.get(), again.get()), 1);
}

TEST_F(KeyFile, ThatALossOfPowerLeftEmptyIsMadeAnew) {
  std::ofstream{file}.flush();
  EXPECT_NE(kept_key(file), nullptr);
  EXPECT_GT(std::filesystem::file_size(file), 0U);
}

TEST_F(KeyFile, IsRefusedWhenItHoldsSomethingElse) {
  std::ofstream{file} << "no key\n";
  std::filesystem::permissions(file, std::filesystem::perms::owner_read);
  EXPECT_NE(refusal().find("read a private key from " + file.string()), std::string::npos);

  const tls::KeyPtr elliptic{EVP_EC_gen("P-256")};
  tls::write_key(file, *elliptic);
  EXPECT_NE(refusal().find("is no RSA key"), std::string::npos);
  const tls::KeyPtr small{EVP_RSA_gen(1024)};
  tls::write_key(file, *small);
  EXPECT_NE(refusal().find("is no RSA key of 2048 bits"), std::string::npos);
}

TEST_F(KeyFile, IsRefusedWhenOthersMayReadIt) {
  static_cast<void>(kept_key(file));
  std::filesystem::permissions(file, std::filesystem::perms::group_read,
                               std::filesystem::perm_options::add);
  EXPECT_NE(refusal().find("chmod 600"), std::string::npos);
}

}  // namespace
}  // namespace core::jwt
