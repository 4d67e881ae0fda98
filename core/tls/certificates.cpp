#include "core/tls/certificates.h"

#include <arpa/inet.h>
#include <openssl/x509v3.h>

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "core/base/random.h"
#include "core/tls/openssl.h"
#include "core/tls/pem_file.h"

namespace core::tls {
namespace {

struct Identity {
  KeyPtr key;
  CertificatePtr certificate;
};

KeyPtr make_key() {
  KeyPtr key{EVP_EC_gen("P-256")};
  require(key != nullptr, "make an EC key");
  return key;
}

std::time_t seconds_of(WallTime time) {
  return std::chrono::system_clock::to_time_t(
      std::chrono::time_point_cast<std::chrono::system_clock::duration>(time));
}

/// RFC 5280 §4.1.2.2: a positive number of at most 20 octets, here 16 from the kernel.
void set_serial(X509& certificate) {
  std::array<std::byte, 16> octets{};
  fill_random(octets);
  octets[0] &= std::byte{0x7F};
  std::array<unsigned char, octets.size()> raw{};
  for (std::size_t i = 0; i < raw.size(); ++i) raw[i] = std::to_integer<unsigned char>(octets[i]);
  BIGNUM* number = BN_bin2bn(raw.data(), static_cast<int>(raw.size()), nullptr);
  ASN1_INTEGER* const placed = BN_to_ASN1_INTEGER(number, X509_get_serialNumber(&certificate));
  BN_free(number);
  require(placed != nullptr, "number a certificate");
}

void set_subject(X509& certificate, const char* common_name) {
  X509_NAME* const name = X509_get_subject_name(&certificate);
  const auto add = [name](const char* field, const char* value) {
    const auto* octets = reinterpret_cast<const unsigned char*>(value);
    require(X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, octets, -1, -1, 0) == 1,
            "name a certificate");
  };
  add("O", "oriel");
  add("CN", common_name);
}

void add_extension(X509& certificate, X509& issuer, int which, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, &issuer, &certificate, nullptr, nullptr, 0);
  X509_EXTENSION* const extension = X509V3_EXT_conf_nid(nullptr, &context, which, value.c_str());
  require(extension != nullptr, "make a certificate extension " + value);
  const int added = X509_add_ext(&certificate, extension, -1);
  X509_EXTENSION_free(extension);
  require(added == 1, "add a certificate extension");
}

CertificatePtr begin_certificate(EVP_PKEY& key, const char* common_name, WallTime now,
                                 std::chrono::days life) {
  CertificatePtr certificate{X509_new()};
  require(certificate != nullptr && X509_set_version(certificate.get(), X509_VERSION_3) == 1 &&
              X509_set_pubkey(certificate.get(), &key) == 1,
          "begin a certificate");
  set_serial(*certificate);
  set_subject(*certificate, common_name);
  std::time_t start = seconds_of(now - std::chrono::hours{1});  // for clocks that are a little late
  std::time_t end = seconds_of(now + life);
  require(X509_time_adj_ex(X509_getm_notBefore(certificate.get()), 0, 0, &start) != nullptr &&
              X509_time_adj_ex(X509_getm_notAfter(certificate.get()), 0, 0, &end) != nullptr,
          "date a certificate");
  return certificate;
}

void sign(X509& certificate, const X509& issuer, EVP_PKEY& key) {
  require(X509_set_issuer_name(&certificate, X509_get_subject_name(&issuer)) == 1 &&
              X509_sign(&certificate, &key, EVP_sha256()) != 0,
          "sign a certificate");
}

Identity make_authority(WallTime now) {
  KeyPtr key = make_key();
  CertificatePtr certificate = begin_certificate(*key, "oriel development CA", now, kAuthorityLife);
  X509& own = *certificate;
  add_extension(own, own, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
  add_extension(own, own, NID_key_usage, "critical,keyCertSign,cRLSign");
  add_extension(own, own, NID_subject_key_identifier, "hash");
  sign(own, own, *key);
  return {std::move(key), std::move(certificate)};
}

bool is_ip_address(const std::string& name) {
  std::array<unsigned char, sizeof(in6_addr)> ignored{};
  return inet_pton(AF_INET, name.c_str(), ignored.data()) == 1 ||
         inet_pton(AF_INET6, name.c_str(), ignored.data()) == 1;
}

/// A DNS name of letters, digits, '-', '.' and '*': anything else could not stand in the text that
/// OpenSSL reads.
bool is_dns_name(std::string_view name) {
  constexpr std::string_view kAllowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.*";
  return !name.empty() && name.find_first_not_of(kAllowed) == std::string_view::npos;
}

std::string alternative_names(const std::vector<std::string>& names) {
  std::string text = "DNS:localhost,IP:127.0.0.1,IP:::1";
  for (const std::string& name : names) {
    if (is_ip_address(name)) {
      text += ",IP:" + name;
    } else if (is_dns_name(name)) {
      text += ",DNS:" + name;
    }
  }
  return text;
}

Identity make_server(const Identity& authority, const std::vector<std::string>& names,
                     WallTime now) {
  KeyPtr key = make_key();
  CertificatePtr certificate = begin_certificate(*key, "localhost", now, kCertificateLife);
  X509& own = *certificate;
  X509& issuer = *authority.certificate;
  add_extension(own, issuer, NID_basic_constraints, "critical,CA:FALSE");
  add_extension(own, issuer, NID_key_usage, "critical,digitalSignature");
  add_extension(own, issuer, NID_ext_key_usage, "serverAuth");
  add_extension(own, issuer, NID_subject_alt_name, alternative_names(names));
  add_extension(own, issuer, NID_subject_key_identifier, "hash");
  add_extension(own, issuer, NID_authority_key_identifier, "keyid:always");
  sign(own, issuer, *authority.key);
  return {std::move(key), std::move(certificate)};
}

bool lasts(const X509& certificate, WallTime until) {
  std::time_t time = seconds_of(until);
  return X509_cmp_time(X509_get0_notAfter(&certificate), &time) > 0;
}

/// The certificate last: who finds it finds its key, too.
void write(const Identity& identity, const std::filesystem::path& certificate,
           const std::filesystem::path& key) {
  write_key(key, *identity.key);
  write_certificate(certificate, *identity.certificate);
}

bool is_there(const std::filesystem::path& file) {
  std::error_code missing;
  return std::filesystem::file_size(file, missing) > 0 && !missing;
}

bool usable(const std::filesystem::path& certificate, const std::filesystem::path& key,
            WallTime now) {
  if (!is_there(certificate) || !is_there(key)) return false;
  const CertificatePtr found = read_certificate(certificate);
  // A crash between the two files of a pair leaves a key that does not belong.
  const bool pair = X509_check_private_key(found.get(), read_key(key).get()) == 1;
  if (!pair) static_cast<void>(take_openssl_error());
  return pair && lasts(*found, now + kRenewBefore);
}

}  // namespace

CertificateFiles development_certificate(const std::filesystem::path& directory,
                                         const std::vector<std::string>& names, WallTime now) {
  std::filesystem::create_directories(directory);
  const auto authority_file = directory / "ca.pem";
  const auto authority_key = directory / "ca.key";
  const auto server_file = directory / "server.pem";
  const auto server_key = directory / "server.key";

  const bool known = usable(authority_file, authority_key, now);
  if (!known) write(make_authority(now), authority_file, authority_key);
  const bool complete = known && usable(server_file, server_key, now);
  if (!complete) {
    const Identity authority{read_key(authority_key), read_certificate(authority_file)};
    write(make_server(authority, names, now), server_file, server_key);
  }
  return {server_file, server_key, authority_file, !complete};
}

void settle(const CertificateFiles& files) {
  if (!files.fresh) return;
  const std::filesystem::path directory = files.authority.parent_path();
  for (const auto& file : {directory / "ca.key", files.authority, files.key, files.certificate}) {
    sync_file(file);
  }
  sync_file(directory);
}

}  // namespace core::tls
