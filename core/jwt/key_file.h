#pragma once

#include <filesystem>

#include "core/tls/openssl.h"

namespace core::jwt {

/// The RSA key in `file`, for a Signer. When there is none, or only an empty file as a loss of
/// power leaves it, a key of Signer::kKeyBits is made and kept there: mode 0600, PKCS #8 (PEM), and
/// safe from a loss of power when this returns. Making one takes a tenth of a second.
///
/// Throws std::runtime_error with a sentence when the file cannot be read or written, holds
/// something else, or is open to other users.
[[nodiscard]] tls::KeyPtr kept_key(const std::filesystem::path& file);

}  // namespace core::jwt
