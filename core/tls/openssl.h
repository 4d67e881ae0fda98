#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

namespace core::tls {

template <auto Free>
struct Freed {
  template <typename T>
  void operator()(T* object) const {
    Free(object);
  }
};
using KeyPtr = std::unique_ptr<EVP_PKEY, Freed<EVP_PKEY_free>>;
using CertificatePtr = std::unique_ptr<X509, Freed<X509_free>>;
using BioPtr = std::unique_ptr<BIO, Freed<BIO_free_all>>;
using ContextPtr = std::unique_ptr<SSL_CTX, Freed<SSL_CTX_free>>;
using SslPtr = std::unique_ptr<SSL, Freed<SSL_free>>;

/// Prepares OpenSSL without openssl.cnf: what this process accepts is said in this room and not by
/// a file of the machine, and reading it takes longer than all the rest. Before any other use.
void initialize();
/// The reason OpenSSL gives for its last failure on this thread; forgets it and older ones.
[[nodiscard]] std::string take_openssl_error();
/// Throws std::runtime_error "cannot <act>: <OpenSSL's reason>" when `worked` is false.
void require(bool worked, const std::string& act);

}  // namespace core::tls
