#include "core/tls/peer_certificate.h"

#include <openssl/x509.h>

namespace core::tls {
namespace {

/// As RFC 4514, with text beyond ASCII as it is.
constexpr unsigned long kSubjectFlags =
    XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);

std::string subject_of(const X509_NAME& name) {
  const BioPtr out{BIO_new(BIO_s_mem())};
  if (out == nullptr || X509_NAME_print_ex(out.get(), &name, 0, kSubjectFlags) < 0) return {};
  char* data = nullptr;
  const long size = BIO_get_mem_data(out.get(), &data);
  return size > 0 ? std::string(data, static_cast<std::size_t>(size)) : std::string{};
}

std::string common_name_of(const X509_NAME& name) {
  const int place = X509_NAME_get_index_by_NID(&name, NID_commonName, -1);
  if (place < 0 || X509_NAME_get_index_by_NID(&name, NID_commonName, place) >= 0) return {};
  const ASN1_STRING* const value = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(&name, place));
  unsigned char* text = nullptr;
  const int size = ASN1_STRING_to_UTF8(&text, value);
  if (size < 0) return {};
  std::string common_name(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
  OPENSSL_free(text);
  // A NUL within has been used to look like somebody else.
  return common_name.find('\0') == std::string::npos ? common_name : std::string{};
}

}  // namespace

std::optional<PeerCertificate> verified_certificate(const SSL& connection) {
  if (SSL_is_init_finished(&connection) != 1) return std::nullopt;
  if ((SSL_get_verify_mode(&connection) & SSL_VERIFY_PEER) == 0) return std::nullopt;
  if (SSL_get_verify_result(&connection) != X509_V_OK) return std::nullopt;
  const X509* const certificate = SSL_get0_peer_certificate(&connection);
  if (certificate == nullptr) return std::nullopt;
  const X509_NAME* const name = X509_get_subject_name(certificate);
  return PeerCertificate{subject_of(*name), common_name_of(*name)};
}

}  // namespace core::tls
