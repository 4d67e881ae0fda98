#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "registry/localization/zip.h"

namespace registry::localization {

/// What the directory at the end of an archive says of one file.
struct ZipEntry {
  enum class Method : std::uint16_t { stored = 0, deflated = 8 };
  std::string name;
  Method method = Method::stored;
  std::uint32_t checksum = 0;  // CRC-32 of the unpacked octets
  core::Octets packed;         // in the archive
  std::size_t size = 0;        // unpacked
};

/// The entries of the archive's files, their sizes within `limits`.
[[nodiscard]] core::Result<std::vector<ZipEntry>, BundleError> read_directory(
    core::Octets archive, const ZipLimits& limits);

}  // namespace registry::localization
