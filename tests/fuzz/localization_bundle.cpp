#include <cstddef>
#include <cstdint>

#include "core/base/check.h"
#include "registry/localization/bundle.h"
#include "registry/localization/locale.h"
#include "registry/localization/texts.h"

/// What a bundle gives is of locales, reads as itself again, and each of its texts is found.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace registry::localization;
  const auto bundle = read_bundle(std::as_bytes(std::span{data, size}));
  if (!bundle) return 0;
  for (const LocaleTexts& each : *bundle) {
    CORE_CHECK(is_locale(each.locale));
    const auto again = read_texts(each.texts);
    CORE_CHECK(again.has_value());
    CORE_CHECK(merge_texts(each.texts, each.texts) == each.texts);
    std::string_view rest = each.texts;
    while (!rest.empty()) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      const std::string_view key = line.substr(0, line.find('='));
      CORE_CHECK(find_text(each.texts, key) == line.substr(key.size() + 1));
      rest.remove_prefix(line.size() + 1);
    }
  }
  return 0;
}
