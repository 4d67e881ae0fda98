#include "registry/kinds/kinds.h"
#include "registry/kinds/media_type.h"
#include "registry/kinds/never_shown.h"
#include "registry/kinds/parts.h"
#include "registry/model/rules.h"

/// Which requests or responses a service wants (spec section 3.1).
namespace registry::kinds {
namespace {

constexpr Field kFields[]{
    {.name = "UrlPattern",
     .rules = {.trimmed = true},
     .maximum = model::kPatternMax,
     .words = "A pattern of java.util.regex that the whole path of a request must match."},
    {.name = "ResponseContentType",
     .rules = {.trimmed = true},
     .maximum = model::kContentTypeMax,
     .words = "The media type of the server's own answers that the service wants to see."},
};

constexpr View kViews[]{
    {.name = "ApiFilter",
     .media_type = "application/vnd.vmware.admin.apiFilter",
     .element = "/api/admin/extension/service/apifilter/{}"},
};

constexpr Collection kCollections[]{
    {.path = "/api/admin/extension/service/{}/apifilters", .query = "apiFilter"},
};

constexpr Attribute kAttributes[]{
    {"urlPattern", "UrlPattern"},
    {"responseContentType", "ResponseContentType"},
    {"service", {}, parent_reference},
};

constexpr Query kQueries[]{
    {.name = "apiFilter", .attributes = kAttributes, .words = "API filters of all services."},
};

Verdict check_pattern_field(const std::string& pattern, std::vector<std::string>& warnings) {
  if (pattern.empty()) return invalid("UrlPattern", "UrlPattern must not be empty.");
  if (auto rule = check_pattern("UrlPattern", pattern, warnings)) return rule;
  for (const std::string& sentence : never_shown_of(pattern)) {
    if (warnings.size() >= kWarningsMax) break;
    warnings.push_back("UrlPattern '" + pattern + "': " + sentence);
  }
  return std::nullopt;
}

Verdict check_content_type(const std::string& type, std::vector<std::string>& warnings) {
  if (!is_media_type(type)) {
    return invalid("ResponseContentType", "ResponseContentType must be a media type.");
  }
  const std::string why = why_never_shown(type);
  if (!why.empty() && warnings.size() < kWarningsMax) {
    warnings.push_back("ResponseContentType '" + type + "': " + why);
  }
  return std::nullopt;
}

Verdict check_room(const Resource& fresh, const Resources& there) {
  if (there.children(fresh.parent, api_filter()).size() < model::kFiltersPerServiceMax) {
    return std::nullopt;
  }
  return invalid("", "A service must not have more than " +
                         std::to_string(model::kFiltersPerServiceMax) + " API filters.");
}

Verdict check(const Resource& next, const Resource* before, const Resources& there, const Occasion&,
              std::vector<std::string>& warnings) {
  const bool has_pattern = next.value("UrlPattern").is_set();
  if (has_pattern == next.value("ResponseContentType").is_set()) {
    return invalid("", "An API filter has either UrlPattern or ResponseContentType, and not both.");
  }
  if (before == nullptr) {
    if (auto rule = check_room(next, there)) return rule;
  }
  if (has_pattern) return check_pattern_field(next.text("UrlPattern"), warnings);
  return check_content_type(next.text("ResponseContentType"), warnings);
}

constexpr Rules kRules{.check = check};

constexpr Kind kKind{
    .urn_kind = "apiFilter",
    .words = "Which requests, or which answers, go to a service.",
    .shape = {.name = "ApiFilter", .fields = kFields},
    .parent = "externalService",
    .container = "ApiFilters",
    .views = kViews,
    .collections = kCollections,
    .queries = kQueries,
    .rules = &kRules,
};

}  // namespace

const Kind& api_filter() { return kKind; }

}  // namespace registry::kinds
