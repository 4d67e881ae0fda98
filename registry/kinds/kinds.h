#pragma once

#include <span>
#include <string_view>

#include "registry/resource/description.h"

/// Every kind of resource that the registry keeps. One file each: the description and its rules.
/// Whoever adds one writes such a file and adds its line here and in kinds.cpp.
namespace registry::kinds {

using resource::Kind;

// Extension services and what belongs to them (spec sections 2.2 and 3).
const Kind& service();  // urn kind externalService
const Kind& api_filter();
const Kind& service_link();
const Kind& api_definition();
const Kind& file_descriptor();
const Kind& resource_class();
const Kind& resource_class_action();
const Kind& service_resource();
const Kind& acl_rule();

// Who there is, and what they may do (spec sections 1 and 3.7).
const Kind& organisation();  // urn kind org
const Kind& user();
const Kind& role();
const Kind& right();

// What organisations have (native inventory).
const Kind& provider_vdc();
const Kind& vdc();
const Kind& vapp();
const Kind& vm();

// What goes on (spec sections 6.1 and 6.2).
const Kind& task();
const Kind& event();

/// Texts of a service in several languages (spec section 3.6). Hidden: it has no views, collections
/// or queries; documents neither hold nor show it.
const Kind& localization();

/// How extension services reach the broker (spec section 4.9): one resource at most, which has no
/// URL by its id.
const Kind& amqp_settings();
const Kind& notifications_settings();

/// All of them, parents before their children.
[[nodiscard]] std::span<const Kind* const> all();
/// The kind of that urn_kind; null when there is none.
[[nodiscard]] const Kind* find(std::string_view urn_kind);

}  // namespace registry::kinds
