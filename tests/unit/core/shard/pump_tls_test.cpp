#include <openssl/err.h>

#include <thread>

#include "core/tls/certificates.h"
#include "tests/unit/core/shard/echo.h"
#include "tests/unit/core/tls/temporary_directory.h"

namespace core {
namespace {

using std::chrono::milliseconds;

const WallTime kNow = std::chrono::floor<milliseconds>(std::chrono::system_clock::now());

class PumpTls : public testing::Test {
 protected:
  tls::TemporaryDirectory directory_;
  tls::CertificateFiles files_ = tls::development_certificate(directory_.path(), {}, kNow);
  tls::ServerContextPtr context_ = tls::ServerContext::from_files(files_.certificate, files_.key);
};

/// A TLS client that blocks and trusts the development CA only.
class TlsClient {
 public:
  TlsClient(const Address& to, const std::filesystem::path& authority)
      : client_(to), context_(SSL_CTX_new(TLS_client_method())) {
    SSL_CTX_load_verify_locations(context_.get(), authority.c_str(), nullptr);
    SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
    ssl_.reset(SSL_new(context_.get()));
    SSL_set1_host(ssl_.get(), "localhost");
    SSL_set_fd(ssl_.get(), client_.descriptor());
    connected_ = SSL_connect(ssl_.get()) == 1;
  }
  [[nodiscard]] bool connected() const { return connected_; }
  void say(const std::string& text) {
    std::size_t size = 0;
    SSL_write_ex(ssl_.get(), text.data(), text.size(), &size);
  }
  std::string hear(std::size_t size) {
    std::string text(size, '\0');
    std::size_t got = 0;
    while (got < size) {
      std::size_t piece = 0;
      if (SSL_read_ex(ssl_.get(), text.data() + got, size - got, &piece) != 1) break;
      got += piece;
    }
    text.resize(got);
    return text;
  }
  /// Whether the server said that it was done, rather than being cut off.
  [[nodiscard]] bool was_told_the_end() const {
    return (SSL_get_shutdown(ssl_.get()) & SSL_RECEIVED_SHUTDOWN) != 0;
  }

 private:
  Client client_;
  tls::ContextPtr context_;
  tls::SslPtr ssl_;
  bool connected_ = false;
};

TEST_F(PumpTls, OctetsComeBackThroughTls) {
  EchoService service{2, context_};
  for (int i = 0; i < 8; ++i) {
    TlsClient client{service.address(), files_.authority};
    ASSERT_TRUE(client.connected());
    const std::string text = "hello " + std::to_string(i);
    client.say(text);
    EXPECT_EQ(client.hear(text.size()), text);
  }
}

TEST_F(PumpTls, LargeAmountsGoThroughWhole) {
  EchoService service{1, context_};
  TlsClient client{service.address(), files_.authority};
  ASSERT_TRUE(client.connected());
  // In pieces, since one SSL cannot be used from two threads.
  for (int i = 0; i < 40; ++i) {
    const std::string text(100'000, static_cast<char>('a' + i % 26));
    client.say(text);
    ASSERT_TRUE(client.hear(text.size()) == text) << "piece " << i;
  }
}

TEST_F(PumpTls, AnEndIsSaidInTls) {
  EchoService service{1, context_};
  TlsClient client{service.address(), files_.authority};
  client.say("close!");
  EXPECT_EQ(client.hear(100), "bye");
  EXPECT_TRUE(client.was_told_the_end());
}

TEST_F(PumpTls, AHandshakeThatDoesNotEndIsCutOff) {
  EchoService service{1, context_, {.handshake_timeout = milliseconds{30}}};
  Client silent{service.address()};
  EXPECT_EQ(silent.hear_all(), "");
}

TEST_F(PumpTls, GarbageInsteadOfAHandshakeEndsTheConnection) {
  EchoService service{1, context_};
  Client client{service.address()};
  client.say("\x16\x03\x01\x7f\xff garbage garbage garbage garbage garbage garbage");
  client.end_sending();
  client.hear_all();
  while (service.limits().count() != 0) std::this_thread::yield();
}

TEST_F(PumpTls, PlainHttpOnATlsPortIsToldSo) {
  EchoService service{1, context_, {.answer_to_plain_http = "HTTP/1.1 400 Bad Request\r\n\r\n"}};
  Client client{service.address()};
  client.say("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(client.hear_all(), "HTTP/1.1 400 Bad Request\r\n\r\n");
}

}  // namespace
}  // namespace core
