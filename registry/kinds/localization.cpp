#include "registry/kinds/localization.h"

#include <array>
#include <utility>

#include "registry/kinds/inventory_values.h"
#include "registry/kinds/kinds.h"
#include "registry/localization/locale.h"
#include "registry/localization/texts.h"

namespace registry::kinds {
namespace {

// The file of one locale may have 10 MB (spec section 3.6); so may what several uploads make of it.
constexpr std::int64_t kTextsOctetsMax = 10 * 1024 * 1024;
constexpr std::size_t kServiceOctetsMax = std::size_t{64} * 1024 * 1024;  // all its locales
// A text that is this long takes no more parameters: one in another multiplies their lengths.
constexpr std::size_t kShownOctetsMax = std::size_t{64} * 1024;

constexpr Field kFields[]{
    {.name = "locale",
     .attribute = true,
     .space = Space::oriel,
     .rules = {.required = true, .create_only = true},
     .minimum = 2,
     .maximum = 32,
     .words = "The code of the locale, as Java writes it."},
    // Secret, so that they do not stand in the audit log twice with each upload.
    {.name = "texts",
     .space = Space::oriel,
     .rules = {.secret = true, .hidden = true, .lines = true},
     .maximum = kTextsOctetsMax,
     .words = "Lines of key=value, sorted."},
};

void amend(Resource& next, const Resource& before, const Resources&, const Occasion&) {
  if (next.text("texts") == before.text("texts")) return;
  next.set("texts", localization::merge_texts(before.text("texts"), next.text("texts")));
}

Verdict check(const Resource& next, const Resource*, const Resources& there, const Occasion&,
              std::vector<std::string>&) {
  if (!localization::is_locale(next.text("locale"))) {
    return invalid("", "'" + next.text("locale") + "' is no locale.");
  }
  if (next.text("texts").size() > static_cast<std::size_t>(kTextsOctetsMax) ||
      localization::count_texts(next.text("texts")) > localization::kTextsMax) {
    return invalid("", "The texts for '" + next.text("locale") + "' are too many.");
  }
  std::size_t total = next.text("texts").size();
  for (const auto& each : there.children(next.parent, localization())) {
    if (each->id != next.id) total += each->text("texts").size();
  }
  if (total <= kServiceOctetsMax) return std::nullopt;
  return invalid("", "The service has too many texts.");
}

constexpr Rules kRules{.amend = amend, .check = check};

constexpr Kind kKind{
    .urn_kind = "localization",
    .words = "The texts of a service for one locale.",
    .shape = {.name = "Localization", .space = Space::oriel, .fields = kFields},
    .parent = "externalService",
    .change = Access::nobody,
    .remove = Access::nobody,
    .unique_field = "locale",
    .uniqueness = Uniqueness::among_siblings,
    .count_max = 5'000,
    .rules = &kRules,
};

Object values_of(localization::LocaleTexts texts) {
  Object values;
  for (const Field& field : kFields) {
    values.fields.emplace_back(std::move(field.name == "locale" ? texts.locale : texts.texts));
  }
  return values;
}

/// The plain text of the key in that locale, else in en_US.
std::optional<std::string_view> look_up(const Resources& there, const core::Uuid& service_id,
                                        std::string_view key, std::string_view locale) {
  for (const std::string_view each : {locale, localization::kDefaultLocale}) {
    const Resource* texts = each.empty() ? nullptr : localization_of(there, service_id, each);
    if (texts == nullptr) continue;
    if (const auto found = localization::find_text(texts->text("texts"), key)) return found;
  }
  return std::nullopt;
}

struct Parameter {
  std::string_view name;
  std::string value;
};

void replace_all(std::string& text, const Parameter& parameter) {
  for (std::size_t at = text.find(parameter.name);
       at != std::string::npos && text.size() < kShownOctetsMax;
       at = text.find(parameter.name, at + parameter.value.size())) {
    text.replace(at, parameter.name.size(), parameter.value);
  }
}

/// What the owner's type is called: the short name of ours, else the media type as it was given.
std::string type_of(const Reference& owner) { return owner.kind.empty() ? owner.type : owner.kind; }

std::string id_of(const Reference& owner) {
  return owner.id.is_nil() ? owner.href : owner.id.to_string();
}

std::string name_of(const Resources& there, const Reference& owner) {
  const Resource* found = owner.id.is_nil() ? nullptr : there.find(owner.id);
  if (found != nullptr && found->kind->shape.find("name")) return found->text("name");
  return owner.name;
}

/// Who reads sees the first of the keys that has a text.
std::optional<Resource> with_text(const Resource& resource, const Resources& there,
                                  std::string_view locale, std::string_view field,
                                  std::initializer_list<std::string> keys) {
  if (resource.value(field).is_set()) return std::nullopt;
  for (const std::string& key : keys) {
    if (key.empty()) continue;
    auto text = localized(there, resource.text("serviceNamespace"), key, locale,
                          resource.reference("Owner"));
    if (!text) continue;
    Resource shown = resource;
    shown.set(field, *std::move(text));
    return shown;
  }
  return std::nullopt;
}

}  // namespace

const Kind& localization() { return kKind; }

resource::Draft localization_draft(localization::LocaleTexts texts) {
  resource::Draft draft;
  draft.kind = &kKind;
  draft.values = values_of(std::move(texts));
  return draft;
}

resource::Amendment localization_amendment(localization::LocaleTexts texts) {
  return {values_of(std::move(texts)), {}};
}

const Resource* localization_of(const Resources& there, const core::Uuid& service_id,
                                std::string_view locale) {
  return there.named(kKind, service_id, locale);
}

std::optional<std::string> localized(const Resources& there, std::string_view service_namespace,
                                     std::string_view key, std::string_view locale,
                                     const Reference* owner) {
  const Resource* of = there.named(service(), {}, service_namespace);
  if (of == nullptr) return std::nullopt;
  const auto found = look_up(there, of->id, key, locale);
  if (!found) return std::nullopt;
  std::string text{*found};
  if (owner == nullptr || text.find('{') == std::string::npos) return text;
  const std::string type = type_of(*owner);
  const auto type_text = look_up(there, of->id, type, locale);
  // The name comes last: what somebody called his object is not looked into.
  replace_all(text, {"{resourceId}", id_of(*owner)});
  replace_all(text, {"{resourceType}", std::string{type_text.value_or(type)}});
  replace_all(text, {"{resourceName}", name_of(there, *owner)});
  return text;
}

std::optional<Resource> in_language(const Resource& resource, const Resources& there,
                                    std::string_view locale) {
  if (resource.kind == &task()) {
    const std::string& name = resource.text("operationName");
    const bool runs = resource.text("status") == "running";
    return with_text(resource, there, locale, "operation",
                     {runs && !name.empty() ? name + "_PROGRESS" : std::string{}, name});
  }
  if (resource.kind == &event()) {
    const std::string& type = resource.text("type");
    return with_text(resource, there, locale, "typeFull",
                     {resource.flag("success") ? std::string{} : "FAILED." + type, type});
  }
  return std::nullopt;
}

}  // namespace registry::kinds
