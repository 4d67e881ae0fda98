#include "registry/kinds/never_shown.h"

#include <algorithm>
#include <array>

#include "registry/kinds/kinds.h"
#include "registry/kinds/media_type.h"
#include "registry/match/literals.h"
#include "registry/match/pattern.h"
#include "registry/model/extension_paths.h"
#include "registry/model/rules.h"

namespace registry::kinds {
namespace {

using model::is_extension_path;
using model::protected_path_of;

constexpr std::string_view kShown = "/api/";

/// Why no path that has `key` is shown to filters; empty when one may be.
std::string why_not(const match::LiteralKey& key) {
  const std::string& begin = key.prefix;
  if (!begin.starts_with('/')) return {};  // nothing is known, or registry/match says it
  if (key.exact && begin == "/api") return {};
  if (!begin.starts_with(kShown) && (key.exact || !kShown.starts_with(begin))) {
    return "filters are shown paths below /api only, and not those that begin with \"" + begin +
           "\"";
  }
  // The server's own paths are told by their case.
  const std::string_view own = key.folded ? std::string_view{} : protected_path_of(begin);
  if (own.empty()) return {};
  return "filters are never shown " + std::string{own} + " and what is below it";
}

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/// The place of a question mark behind which a parameter stands, such as "?x=1", and which makes
/// what is before it optional; npos when there is none.
std::size_t query_in(std::string_view pattern) {
  constexpr std::string_view kOtherMeaning = "\\([*+?}";  // of a question mark behind it
  for (std::size_t i = pattern.find('?', 1); i < pattern.size(); i = pattern.find('?', i + 1)) {
    if (i == 0 || kOtherMeaning.find(pattern[i - 1]) != std::string_view::npos) continue;
    std::size_t end = i + 1;
    while (end < pattern.size() && is_name(pattern[end])) ++end;
    if (end > i + 1 && end < pattern.size() && pattern[end] == '=') return i;
  }
  return std::string_view::npos;
}

/// Media types of the server's own paths that are no views of kinds.
constexpr std::array<std::string_view, 8> kOwnTypes{
    "application/vnd.vmware.vcloud.supportedVersions",
    "application/vnd.vmware.vcloud.session",
    "application/vnd.vmware.vcloud.query.queryList",
    "application/vnd.vmware.admin.vmwExtension",
    "application/vnd.vmware.admin.extensionServices",
    "application/vnd.vmware.admin.systemSettings",
    "application/vnd.vmware.admin.vmwProviderVdcReferences",
    "application/vnd.vmware.admin.authorizationCheckResponse",
};

bool is_shown_somewhere(const resource::Kind& kind, const resource::View& view) {
  if (is_extension_path(view.element)) return true;
  if (&view != &kind.views.front()) return false;
  return std::any_of(kind.collections.begin(), kind.collections.end(),
                     [](const resource::Collection& each) { return is_extension_path(each.path); });
}

/// Whether there are documents of that type, and all of them at the server's own paths.
bool is_own_type(std::string_view base) {
  bool is_known = false;
  for (const resource::Kind* kind : all()) {
    for (const resource::View& view : kind->views) {
      if (!model::same_name(view.media_type, base)) continue;
      if (is_shown_somewhere(*kind, view)) return false;
      is_known = true;
    }
  }
  return is_known || std::any_of(kOwnTypes.begin(), kOwnTypes.end(), [&](std::string_view each) {
           return model::same_name(each, base);
         });
}

}  // namespace

std::vector<std::string> never_shown_of(const std::string& pattern) {
  std::vector<std::string> sentences;
  const auto parsed = match::parse_pattern(pattern);
  if (!parsed) return sentences;
  for (const match::LiteralKey& key : match::literal_keys(parsed->tree)) {
    std::string sentence = why_not(key);
    const bool is_new = std::find(sentences.begin(), sentences.end(), sentence) == sentences.end();
    if (!sentence.empty() && is_new) sentences.push_back(std::move(sentence));
  }
  if (const std::size_t at = query_in(pattern); at != std::string::npos) {
    sentences.push_back("the '?' at octet " + std::to_string(at) +
                        " begins no query, which no filter is shown: it makes what is before it "
                        "optional");
  }
  return sentences;
}

std::string why_never_shown(std::string_view media_type) {
  if (!is_own_type(base_of(media_type))) return {};
  return "the server's own answers of this type are never shown to filters";
}

}  // namespace registry::kinds
