#include "core/tls/server_context.h"

#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <stdexcept>
#include <string>
#include <system_error>

namespace core::tls {
namespace {

constexpr const char* kSuitesOfTls12 =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:"
    "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:"
    "ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";

constexpr std::array<unsigned char, 9> kHttp11{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};

int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* chosen_size,
                    const unsigned char* offered, unsigned int offered_size, void*) {
  unsigned char* found = nullptr;
  const int outcome = SSL_select_next_proto(&found, chosen_size, kHttp11.data(), kHttp11.size(),
                                            offered, offered_size);
  if (outcome != OPENSSL_NPN_NEGOTIATED) return SSL_TLSEXT_ERR_NOACK;
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

void refuse_a_key_for_everybody(const std::filesystem::path& key) {
  struct stat status {};
  if (::stat(key.c_str(), &status) != 0) {
    throw std::system_error{errno, std::system_category(), "cannot read " + key.string()};
  }
  if ((status.st_mode & S_IRWXO) != 0) {
    throw std::runtime_error{"the key file " + key.string() +
                             " is open to every user; take their rights away (chmod o= FILE)"};
  }
}

ContextPtr make_context() {
  ContextPtr context{SSL_CTX_new(TLS_server_method())};
  require(context != nullptr, "make a TLS context");
  SSL_CTX* const raw = context.get();
  require(SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION) == 1 &&
              SSL_CTX_set_cipher_list(raw, kSuitesOfTls12) == 1,
          "set the rules of TLS");
  SSL_CTX_set_options(
      raw, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);
  // Buffers go back while a connection is idle; a write that would block may come back with its
  // octets in another place, as Output moves them.
  SSL_CTX_set_mode(raw, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                            SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
  SSL_CTX_set_alpn_select_cb(raw, choose_protocol, nullptr);
  return context;
}

void ask_clients(SSL_CTX* context, const ClientCertificates& clients) {
  const std::string act = "read certificate authorities from " + clients.authorities.string();
  require(SSL_CTX_load_verify_locations(context, clients.authorities.c_str(), nullptr) == 1, act);
  STACK_OF(X509_NAME)* const names = SSL_load_client_CA_file(clients.authorities.c_str());
  require(names != nullptr, act);
  SSL_CTX_set_client_CA_list(context, names);  // which owns them now
  const int required = clients.required ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0;
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER | required, nullptr);
  // A ticket brings the certificate of its session back only within a named context.
  constexpr std::array<unsigned char, 5> kName{'o', 'r', 'i', 'e', 'l'};
  require(SSL_CTX_set_session_id_context(context, kName.data(), kName.size()) == 1, act);
}

}  // namespace

std::shared_ptr<const ServerContext> ServerContext::from_files(
    const std::filesystem::path& certificate_chain, const std::filesystem::path& key,
    const ClientCertificates& clients) {
  refuse_a_key_for_everybody(key);
  ContextPtr context = make_context();
  require(SSL_CTX_use_certificate_chain_file(context.get(), certificate_chain.c_str()) == 1,
          "read a certificate from " + certificate_chain.string());
  require(SSL_CTX_use_PrivateKey_file(context.get(), key.c_str(), SSL_FILETYPE_PEM) == 1,
          "use the key in " + key.string());
  if (!clients.authorities.empty()) ask_clients(context.get(), clients);
  return std::shared_ptr<const ServerContext>{new ServerContext{std::move(context)}};
}

SslPtr ServerContext::make_session() const {
  SslPtr session{SSL_new(context_.get())};
  if (session != nullptr) SSL_set_accept_state(session.get());
  return session;
}

}  // namespace core::tls
