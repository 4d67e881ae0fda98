#pragma once

#include <filesystem>

#include "core/tls/openssl.h"

namespace core::tls {

// PEM files. All throw std::runtime_error with a sentence that names the file.

[[nodiscard]] KeyPtr read_key(const std::filesystem::path& file);
[[nodiscard]] CertificatePtr read_certificate(const std::filesystem::path& file);

/// Mode 0600, as PKCS #8 without a password. The file appears whole or not at all; after a loss of
/// power it may be empty, until `sync_file`.
void write_key(const std::filesystem::path& file, EVP_PKEY& key);
/// Mode 0600, as all that lies in a data directory; copy it for others. Otherwise alike.
void write_certificate(const std::filesystem::path& file, X509& certificate);
/// Returns when a file, or the names in a folder, survive a loss of power.
void sync_file(const std::filesystem::path& file);

}  // namespace core::tls
