#include "core/tls/server_context.h"

#include <sys/stat.h>

#include "core/tls/certificates.h"
#include "tests/unit/core/tls/temporary_directory.h"

namespace core::tls {
namespace {

const WallTime kNow =
    std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());

/// A client and the server in one thread, joined by a pair of memory buffers.
class Handshake {
 public:
  explicit Handshake(const ServerContext& server)
      : client_context_(SSL_CTX_new(TLS_client_method())), server_(server.make_session()) {
    SSL_CTX_set_security_level(client_context_.get(), 0);  // so that it can offer what is old
  }
  [[nodiscard]] SSL_CTX* client_context() { return client_context_.get(); }

  [[nodiscard]] bool run() {
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
  [[nodiscard]] std::string version() const { return SSL_get_version(server_.get()); }
  [[nodiscard]] std::string protocol() const {
    const unsigned char* chosen = nullptr;
    unsigned int size = 0;
    SSL_get0_alpn_selected(client_.get(), &chosen, &size);
    return {reinterpret_cast<const char*>(chosen), size};
  }

 private:
  ContextPtr client_context_;
  SslPtr server_;
  SslPtr client_;
};

class ServerContextTest : public testing::Test {
 protected:
  TemporaryDirectory directory_;
  CertificateFiles files_ = development_certificate(directory_.path(), {}, kNow);
  ServerContextPtr context_ = ServerContext::from_files(files_.certificate, files_.key);
};

TEST_F(ServerContextTest, SpeaksTls13WithWhoCan) {
  Handshake handshake{*context_};
  ASSERT_TRUE(handshake.run());
  EXPECT_EQ(handshake.version(), "TLSv1.3");
}

TEST_F(ServerContextTest, SpeaksTls12WithAnAeadSuite) {
  Handshake handshake{*context_};
  SSL_CTX_set_max_proto_version(handshake.client_context(), TLS1_2_VERSION);
  ASSERT_TRUE(handshake.run());
  EXPECT_EQ(handshake.version(), "TLSv1.2");
}

TEST_F(ServerContextTest, RefusesWhatIsOlder) {
  Handshake handshake{*context_};
  SSL_CTX_set_max_proto_version(handshake.client_context(), TLS1_1_VERSION);
  EXPECT_FALSE(handshake.run());
}

TEST_F(ServerContextTest, RefusesSuitesWithoutAead) {
  Handshake handshake{*context_};
  SSL_CTX_set_max_proto_version(handshake.client_context(), TLS1_2_VERSION);
  SSL_CTX_set_cipher_list(handshake.client_context(), "ECDHE-ECDSA-AES128-SHA256");
  EXPECT_FALSE(handshake.run());
}

TEST_F(ServerContextTest, ChoosesHttp11WhenTheClientWouldRatherHaveHttp2) {
  Handshake handshake{*context_};
  const std::string offer = "\x02h2\x08http/1.1";
  SSL_CTX_set_alpn_protos(handshake.client_context(),
                          reinterpret_cast<const unsigned char*>(offer.data()),
                          static_cast<unsigned>(offer.size()));
  ASSERT_TRUE(handshake.run());
  EXPECT_EQ(handshake.protocol(), "http/1.1");
}

TEST_F(ServerContextTest, RefusesAKeyThatEverybodyMayRead) {
  ASSERT_EQ(::chmod(files_.key.c_str(), 0644), 0);
  EXPECT_THROW(static_cast<void>(ServerContext::from_files(files_.certificate, files_.key)),
               std::runtime_error);
}

TEST_F(ServerContextTest, RefusesAKeyOfAnotherCertificate) {
  EXPECT_THROW(static_cast<void>(
                   ServerContext::from_files(files_.certificate, directory_.path() / "ca.key")),
               std::runtime_error);
}

TEST_F(ServerContextTest, SaysWhichFileIsMissing) {
  try {
    static_cast<void>(ServerContext::from_files(files_.certificate, "/nowhere/key.pem"));
    FAIL() << "no key, and yet a context";
  } catch (const std::runtime_error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("/nowhere/key.pem"));
  }
}

}  // namespace
}  // namespace core::tls
