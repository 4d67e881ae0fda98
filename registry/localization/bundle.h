#pragma once

#include <string>
#include <vector>

#include "core/base/octets.h"
#include "core/base/result.h"
#include "registry/localization/zip.h"

namespace registry::localization {

/// The texts of one locale in a bundle.
struct LocaleTexts {
  std::string locale;  // en_US
  std::string texts;   // as registry/localization/texts.h has them
};

/// Bounds of an upload as it comes over the wire.
inline constexpr std::size_t kBundleOctetsMax = std::size_t{20} * 1024 * 1024;

/// Reads a bundle that was uploaded for a service (spec section 3.6): a ZIP archive with one file
/// for each locale, named by the locale's code. Folders above a file make no difference, nor does
/// an extension such as `.properties`; files whose name begins with a dot, and what macOS adds, are
/// read over. A file whose name is no locale refuses the bundle, so that a misspelt one is noticed.
[[nodiscard]] core::Result<std::vector<LocaleTexts>, BundleError> read_bundle(core::Octets archive);

}  // namespace registry::localization
