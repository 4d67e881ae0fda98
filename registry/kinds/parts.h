#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/kinds/entity_fields.h"
#include "registry/resource/description.h"
#include "registry/resource/resource.h"
#include "registry/resource/resources.h"
#include "registry/resource/rules.h"

/// What the files about extension services, rights, roles and users share: fields that many kinds
/// have, the values of query attributes, and refusals that are made alike everywhere.
namespace registry::kinds {

using resource::Access;
using resource::Attribute;
using resource::BrokenRule;
using resource::Collection;
using resource::Field;
using resource::FieldType;
using resource::Holding;
using resource::Kind;
using resource::LinkSpec;
using resource::List;
using resource::Object;
using resource::Occasion;
using resource::PackagedQuery;
using resource::Query;
using resource::Reference;
using resource::Resource;
using resource::Resources;
using resource::Rules;
using resource::Shape;
using resource::Space;
using resource::Uniqueness;
using resource::Value;
using resource::View;

using Verdict = std::optional<BrokenRule>;  // nullopt: nothing is broken

inline constexpr std::size_t kWarningsMax = 8;  // about one document

inline constexpr std::string_view kRecordsType = "application/vnd.vmware.vcloud.query.records";

/// Names of what belongs to services may be as long as the services' own, which were never shorter.
inline constexpr Field kName{.name = "name",
                             .attribute = true,
                             .space = Space::vcloud,
                             .rules = {.required = true},
                             .words = "Its name."};

// Values of query attributes.

/// A Reference to `resource`; nothing when it is null.
[[nodiscard]] Value refer_to(const Resource* resource);
/// A Reference to the parent.
[[nodiscard]] Value parent_reference(const Resource& resource, const Resources& there);
/// A Reference to the nearest ancestor of that kind.
[[nodiscard]] Value owner_reference(const Resource& resource, const Resources& there,
                                    std::string_view urn_kind);
/// That field of the nearest ancestor of that kind.
[[nodiscard]] Value owner_field(const Resource& resource, const Resources& there,
                                std::string_view urn_kind, std::string_view field);

// What every part of a service knows of that service.
[[nodiscard]] Value service_reference(const Resource& resource, const Resources& there);
[[nodiscard]] Value service_name(const Resource& resource, const Resources& there);
[[nodiscard]] Value service_namespace(const Resource& resource, const Resources& there);
[[nodiscard]] Value service_vendor(const Resource& resource, const Resources& there);
/// Whether the service that it belongs to, or is, is enabled.
[[nodiscard]] bool of_enabled_service(const Resource& resource, const Resources& there);

// Refusals, each a whole sentence; one about a value begins with the name of its field.

[[nodiscard]] BrokenRule invalid(std::string_view path, std::string text);
[[nodiscard]] BrokenRule conflict(std::string_view path, std::string text);
[[nodiscard]] BrokenRule forbidden(std::string_view path, std::string text);

/// The resource that `reference` leads to; null when there is none, or it is of another kind than
/// the reference says.
[[nodiscard]] const Resource* target_of(const Reference& reference, const Resources& there);
/// Whether `reference`, which may be null and lead elsewhere, leads to no resource of ours of
/// another kind than it says.
[[nodiscard]] Verdict check_said_kind(const Reference* reference, const Resources& there,
                                      std::string_view path);
/// Whether `reference`, which may be null, leads to a resource that is there, of one of `kinds`.
[[nodiscard]] Verdict check_reference(const Reference* reference, const Resources& there,
                                      std::string_view path,
                                      std::initializer_list<std::string_view> kinds);
/// Whether the text of `field` is a pattern of java.util.regex; then its warnings.
[[nodiscard]] Verdict check_pattern(std::string_view field, const std::string& pattern,
                                    std::vector<std::string>& warnings);
/// The same for a pattern that says which resource is meant: of named groups it has at most one,
/// and that is `id` (spec sections 3.4 and 3.5).
[[nodiscard]] Verdict check_id_pattern(std::string_view field, const std::string& pattern);
/// What travels as an AMQP short string is bounded in octets.
[[nodiscard]] Verdict check_short_string(std::string_view field, std::string_view text);

}  // namespace registry::kinds
