#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/octets.h"
#include "core/base/result.h"

namespace registry::localization {

/// How much of an archive is unpacked before it is refused. What an archive says of its sizes is
/// judged before anything is unpacked, and what comes out is held against it.
struct ZipLimits {
  std::size_t entries_max = 256;
  std::size_t file_octets_max = std::size_t{10} * 1024 * 1024;   // spec section 3.6
  std::size_t total_octets_max = std::size_t{32} * 1024 * 1024;  // of all files, unpacked
};

struct ZipFile {
  std::string name;  // its whole path in the archive, as it is written there
  std::string content;
};

/// Why something is no bundle, in words for the person who sent it.
struct BundleError {
  std::string text;
};

/// The files of a ZIP archive (PKWARE's APPNOTE.TXT), folders left out: stored or deflated, not
/// encrypted, on one disk and without ZIP64. Everything else is refused, also a checksum that is
/// not right and sizes that are not.
[[nodiscard]] core::Result<std::vector<ZipFile>, BundleError> read_zip(core::Octets archive,
                                                                       const ZipLimits& limits);

}  // namespace registry::localization
