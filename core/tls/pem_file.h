#pragma once

#include <filesystem>

#include "core/tls/openssl.h"

namespace core::tls {

// PEM files. All throw std::runtime_error with a sentence that names the file.

[[nodiscard]] KeyPtr read_key(const std::filesystem::path& file);
[[nodiscard]] CertificatePtr read_certificate(const std::filesystem::path& file);

/// Mode 0600, as PKCS #8 without a password. The file appears whole or not at all.
void write_key(const std::filesystem::path& file, EVP_PKEY& key);
/// Mode 0600, as all that lies in a data directory; copy it for others. Whole or not at all.
void write_certificate(const std::filesystem::path& file, X509& certificate);

}  // namespace core::tls
