#include "registry/localization/bundle.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "registry/localization/locale.h"
#include "registry/localization/texts.h"

namespace registry::localization {
namespace {

core::Unexpected<BundleError> broken(std::string text) {
  return core::Unexpected{BundleError{std::move(text)}};
}

bool is_read_over(std::string_view path, std::string_view name) {
  return path.starts_with("__MACOSX/") || name.starts_with('.');
}

std::string_view file_name(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

}  // namespace

core::Result<std::vector<LocaleTexts>, BundleError> read_bundle(core::Octets archive) {
  if (archive.size() > kBundleOctetsMax) {
    return broken("It has more than " + std::to_string(kBundleOctetsMax) + " octets.");
  }
  auto files = read_zip(archive, ZipLimits{});
  if (!files) return core::Unexpected{std::move(files).error()};

  std::vector<LocaleTexts> bundle;
  for (const ZipFile& file : *files) {
    const std::string_view name = file_name(file.name);
    if (is_read_over(file.name, name)) continue;
    const std::string_view locale = name.substr(0, name.find('.'));
    if (!is_locale(locale)) return broken("'" + file.name + "' is not named by a locale.");
    auto texts = read_texts(file.content);
    if (!texts) return broken("'" + file.name + "': " + texts.error().text);

    const auto same = std::find_if(bundle.begin(), bundle.end(),
                                   [&](const LocaleTexts& each) { return each.locale == locale; });
    if (same == bundle.end()) {
      bundle.push_back({std::string{locale}, *std::move(texts)});
    } else {
      same->texts = merge_texts(same->texts, *texts);
    }
  }
  if (bundle.empty()) return broken("The archive has no file of a locale.");
  return bundle;
}

}  // namespace registry::localization
