#include "core/tls/pem_file.h"

#include <fcntl.h>
#include <openssl/pem.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <string>
#include <string_view>
#include <system_error>

namespace core::tls {
namespace {

BioPtr open_to_read(const std::filesystem::path& file) {
  BioPtr bio{BIO_new_file(file.c_str(), "r")};
  require(bio != nullptr, "read " + file.string());
  return bio;
}

[[noreturn]] void fail(const char* act, const std::filesystem::path& file) {
  const int reason = errno;
  throw std::system_error{reason, std::system_category(),
                          std::string{"cannot "} + act + " " + file.string()};
}

void write_all(int descriptor, std::string_view text, const std::filesystem::path& file) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0) fail("write", file);
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// Under another name first: a crash leaves the old file or the new one.
void write_file(const std::filesystem::path& file, std::string_view text, mode_t mode) {
  std::filesystem::path fresh = file;
  fresh += ".new";
  const int descriptor = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode);
  if (descriptor < 0) fail("make", fresh);
  ::fchmod(descriptor, mode);  // whatever the umask, and if the file was there
  write_all(descriptor, text, fresh);
  ::close(descriptor);
  if (::rename(fresh.c_str(), file.c_str()) != 0) fail("name", file);
}

std::string_view text_in(BIO& bio) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(&bio, &data);
  return {data, static_cast<std::size_t>(size)};
}

}  // namespace

KeyPtr read_key(const std::filesystem::path& file) {
  const BioPtr bio = open_to_read(file);
  KeyPtr key{PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr)};
  require(key != nullptr, "read a private key from " + file.string());
  return key;
}

CertificatePtr read_certificate(const std::filesystem::path& file) {
  const BioPtr bio = open_to_read(file);
  CertificatePtr certificate{PEM_read_bio_X509(bio.get(), nullptr, nullptr, nullptr)};
  require(certificate != nullptr, "read a certificate from " + file.string());
  return certificate;
}

void write_key(const std::filesystem::path& file, EVP_PKEY& key) {
  const BioPtr bio{BIO_new(BIO_s_mem())};
  require(bio != nullptr && PEM_write_bio_PKCS8PrivateKey(bio.get(), &key, nullptr, nullptr, 0,
                                                          nullptr, nullptr) == 1,
          "encode a key");
  write_file(file, text_in(*bio), 0600);
}

void write_certificate(const std::filesystem::path& file, X509& certificate) {
  const BioPtr bio{BIO_new(BIO_s_mem())};
  require(bio != nullptr && PEM_write_bio_X509(bio.get(), &certificate) == 1,
          "encode a certificate");
  write_file(file, text_in(*bio), 0600);
}

void sync_file(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0 || ::fsync(descriptor) != 0) fail("sync", file);
  ::close(descriptor);
}

}  // namespace core::tls
