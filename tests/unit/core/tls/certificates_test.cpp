#include "core/tls/certificates.h"

#include <openssl/x509v3.h>
#include <sys/stat.h>

#include <fstream>
#include <sstream>

#include "core/tls/openssl.h"
#include "core/tls/pem_file.h"
#include "tests/unit/core/tls/temporary_directory.h"

namespace core::tls {
namespace {

using std::chrono::days;

const WallTime kNow =
    std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());

std::string content(const std::filesystem::path& file) {
  std::ostringstream text;
  text << std::ifstream{file}.rdbuf();
  return text.str();
}

unsigned mode_of(const std::filesystem::path& file) {
  struct stat status {};
  EXPECT_EQ(::stat(file.c_str(), &status), 0);
  return status.st_mode & 0777U;
}

/// As curl --cacert does it: is `certificate` good for a server called `host`?
bool trusted(const CertificateFiles& files, const char* host, const char* ip) {
  X509_STORE* store = X509_STORE_new();
  const CertificatePtr authority = read_certificate(files.authority);
  const CertificatePtr certificate = read_certificate(files.certificate);
  X509_STORE_add_cert(store, authority.get());
  X509_STORE_CTX* check = X509_STORE_CTX_new();
  X509_STORE_CTX_init(check, store, certificate.get(), nullptr);
  X509_VERIFY_PARAM* rules = X509_STORE_CTX_get0_param(check);
  X509_VERIFY_PARAM_set_purpose(rules, X509_PURPOSE_SSL_SERVER);
  if (host != nullptr) X509_VERIFY_PARAM_set1_host(rules, host, 0);
  if (ip != nullptr) X509_VERIFY_PARAM_set1_ip_asc(rules, ip);
  const bool good = X509_verify_cert(check) == 1;
  X509_STORE_CTX_free(check);
  X509_STORE_free(store);
  static_cast<void>(take_openssl_error());
  return good;
}

TEST(DevelopmentCertificate, IsTrustedByWhoTrustsItsAuthority) {
  const TemporaryDirectory directory;
  const auto files =
      development_certificate(directory.path() / "tls", {"cell.example", "192.0.2.7"}, kNow);
  EXPECT_TRUE(trusted(files, "localhost", nullptr));
  EXPECT_TRUE(trusted(files, "cell.example", nullptr));
  EXPECT_TRUE(trusted(files, nullptr, "127.0.0.1"));
  EXPECT_TRUE(trusted(files, nullptr, "::1"));
  EXPECT_TRUE(trusted(files, nullptr, "192.0.2.7"));
  EXPECT_FALSE(trusted(files, "elsewhere.example", nullptr));
}

TEST(DevelopmentCertificate, KeepsItsKeysToTheOwner) {
  const TemporaryDirectory directory;
  const auto files = development_certificate(directory.path(), {}, kNow);
  EXPECT_EQ(mode_of(files.key), 0600U);
  EXPECT_EQ(mode_of(directory.path() / "ca.key"), 0600U);
}

TEST(DevelopmentCertificate, StaysTheSameOnTheNextStart) {
  const TemporaryDirectory directory;
  const auto first = development_certificate(directory.path(), {}, kNow);
  const std::string certificate = content(first.certificate);
  const std::string key = content(first.key);
  const auto second = development_certificate(directory.path(), {}, kNow + days{300});
  EXPECT_EQ(content(second.certificate), certificate);
  EXPECT_EQ(content(second.key), key);
}

TEST(DevelopmentCertificate, IsRenewedUnderTheSameAuthorityBeforeItEnds) {
  const TemporaryDirectory directory;
  const auto first = development_certificate(directory.path(), {}, kNow);
  const std::string authority = content(first.authority);
  const std::string certificate = content(first.certificate);
  const auto second =
      development_certificate(directory.path(), {}, kNow + kCertificateLife - days{29});
  EXPECT_EQ(content(second.authority), authority);
  EXPECT_NE(content(second.certificate), certificate);
}

TEST(DevelopmentCertificate, ReplacesAKeyThatDoesNotBelong) {
  const TemporaryDirectory directory;
  const auto files = development_certificate(directory.path(), {}, kNow);
  std::filesystem::copy_file(directory.path() / "ca.key", files.key,
                             std::filesystem::copy_options::overwrite_existing);
  static_cast<void>(development_certificate(directory.path(), {}, kNow));
  const CertificatePtr certificate = read_certificate(files.certificate);
  EXPECT_EQ(X509_check_private_key(certificate.get(), read_key(files.key).get()), 1);
}

TEST(DevelopmentCertificate, IgnoresNamesThatCouldNotBeNames) {
  const TemporaryDirectory directory;
  const auto files = development_certificate(directory.path(), {"a,CA:TRUE", "", "b c"}, kNow);
  EXPECT_TRUE(trusted(files, "localhost", nullptr));
}

TEST(DevelopmentCertificate, MakesAnewWhatALossOfPowerLeftEmpty) {
  for (const char* lost : {"ca.pem", "ca.key", "server.pem", "server.key"}) {
    const TemporaryDirectory directory;
    static_cast<void>(development_certificate(directory.path(), {}, kNow));
    std::filesystem::resize_file(directory.path() / lost, 0);
    const auto files = development_certificate(directory.path(), {}, kNow);
    EXPECT_TRUE(files.fresh) << lost;
    EXPECT_TRUE(trusted(files, "localhost", nullptr)) << lost;
  }
}

TEST(DevelopmentCertificate, IsFreshUntilItIsThere) {
  const TemporaryDirectory directory;
  const auto files = development_certificate(directory.path(), {}, kNow);
  EXPECT_TRUE(files.fresh);
  settle(files);
  EXPECT_FALSE(development_certificate(directory.path(), {}, kNow).fresh);
}

TEST(DevelopmentCertificate, SaysWhichFileItCannotRead) {
  const TemporaryDirectory directory;
  static_cast<void>(development_certificate(directory.path(), {}, kNow));
  std::ofstream{directory.path() / "ca.pem"} << "not a certificate";
  try {
    static_cast<void>(development_certificate(directory.path(), {}, kNow));
    FAIL() << "a damaged authority was accepted";
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("ca.pem"));
  }
}

}  // namespace
}  // namespace core::tls
