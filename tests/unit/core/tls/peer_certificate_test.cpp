#include "core/tls/peer_certificate.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <cstdio>

#include "core/tls/certificates.h"
#include "core/tls/server_context.h"
#include "tests/unit/core/tls/temporary_directory.h"

namespace core::tls {
namespace {

const WallTime kNow =
    std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());

template <typename T, typename Read>
T read_pem(const std::filesystem::path& path, Read read) {
  std::FILE* const file = std::fopen(path.c_str(), "r");
  T value{read(file, nullptr, nullptr, nullptr)};
  std::fclose(file);
  return value;
}

struct Identity {
  CertificatePtr certificate;
  KeyPtr key;
};

/// A client's certificate with these common names, signed by the development CA in `directory`.
Identity client_of(const std::filesystem::path& directory,
                   const std::vector<std::string>& common_names) {
  const auto issuer = read_pem<CertificatePtr>(directory / "ca.pem", PEM_read_X509);
  const auto issuer_key = read_pem<KeyPtr>(directory / "ca.key", PEM_read_PrivateKey);
  Identity client{CertificatePtr{X509_new()}, KeyPtr{EVP_EC_gen("P-256")}};
  X509* const own = client.certificate.get();
  X509_set_version(own, X509_VERSION_3);
  ASN1_INTEGER_set(X509_get_serialNumber(own), 7);
  X509_gmtime_adj(X509_getm_notBefore(own), -60);
  X509_gmtime_adj(X509_getm_notAfter(own), 3600);
  X509_set_pubkey(own, client.key.get());
  X509_NAME* const name = X509_get_subject_name(own);
  const auto add = [name](const char* field, const std::string& text) {
    X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(text.data()),
                               static_cast<int>(text.size()), -1, 0);
  };
  add("O", "Example");
  for (const std::string& common_name : common_names) add("CN", common_name);
  X509_set_issuer_name(own, X509_get_subject_name(issuer.get()));
  X509_sign(own, issuer_key.get(), EVP_sha256());
  return client;
}

/// A handshake of a client with a server that trusts the certificates of one CA.
class PeerCertificateTest : public testing::Test {
 protected:
  bool connect(const ClientCertificates& clients, const Identity* identity) {
    const auto server = ServerContext::from_files(files_.certificate, files_.key, clients);
    client_context_.reset(SSL_CTX_new(TLS_client_method()));
    if (identity != nullptr) {
      SSL_CTX_use_certificate(client_context_.get(), identity->certificate.get());
      SSL_CTX_use_PrivateKey(client_context_.get(), identity->key.get());
    }
    server_ = server->make_session();
    client_.reset(SSL_new(client_context_.get()));
    SSL_set_connect_state(client_.get());
    BIO* ours = nullptr;
    BIO* theirs = nullptr;
    BIO_new_bio_pair(&ours, 0, &theirs, 0);
    SSL_set_bio(server_.get(), ours, ours);
    SSL_set_bio(client_.get(), theirs, theirs);
    for (int round = 0; round < 10; ++round) {
      const bool client_done = SSL_do_handshake(client_.get()) == 1;
      const bool server_done = SSL_do_handshake(server_.get()) == 1;
      if (client_done && server_done) return true;
    }
    static_cast<void>(take_openssl_error());
    return false;
  }
  std::optional<PeerCertificate> seen() const { return verified_certificate(*server_); }

  TemporaryDirectory directory_;
  CertificateFiles files_ = development_certificate(directory_.path(), {}, kNow);
  const ClientCertificates optional_{files_.authority, false};
  const ClientCertificates required_{files_.authority, true};
  ContextPtr client_context_;
  SslPtr server_;
  SslPtr client_;
};

TEST_F(PeerCertificateTest, NamesWhoHasATrustedOne) {
  const Identity client = client_of(directory_.path(), {"gauge"});
  ASSERT_TRUE(connect(optional_, &client));
  const auto certificate = seen();
  ASSERT_TRUE(certificate);
  EXPECT_EQ(certificate->common_name, "gauge");
  EXPECT_EQ(certificate->subject, "CN=gauge,O=Example");
}

TEST_F(PeerCertificateTest, TextBeyondAsciiStaysAsItIs) {
  const Identity client = client_of(directory_.path(), {"Pegel Köln"});
  ASSERT_TRUE(connect(required_, &client));
  EXPECT_EQ(seen()->common_name, "Pegel Köln");
  EXPECT_EQ(seen()->subject, "CN=Pegel Köln,O=Example");
}

TEST_F(PeerCertificateTest, TwoCommonNamesAreNone) {
  const Identity client = client_of(directory_.path(), {"gauge", "root"});
  ASSERT_TRUE(connect(optional_, &client));
  EXPECT_EQ(seen()->common_name, "");
}

TEST_F(PeerCertificateTest, IsNotThereWithoutOne) {
  ASSERT_TRUE(connect(optional_, nullptr));
  EXPECT_FALSE(seen());
  EXPECT_FALSE(connect(required_, nullptr));
}

TEST_F(PeerCertificateTest, OfAnotherAuthorityEndsTheHandshake) {
  const TemporaryDirectory elsewhere;
  static_cast<void>(development_certificate(elsewhere.path(), {}, kNow));
  const Identity client = client_of(elsewhere.path(), {"gauge"});
  EXPECT_FALSE(connect(optional_, &client));
}

TEST_F(PeerCertificateTest, IsNotLookedAtWhereNobodyIsAsked) {
  const Identity client = client_of(directory_.path(), {"gauge"});
  ASSERT_TRUE(connect({}, &client));
  EXPECT_FALSE(seen());
}

TEST_F(PeerCertificateTest, MissingAuthoritiesAreSaid) {
  EXPECT_THROW(static_cast<void>(ServerContext::from_files(files_.certificate, files_.key,
                                                           {"/nowhere/ca.pem", false})),
               std::runtime_error);
}

}  // namespace
}  // namespace core::tls
