#include "registry/resource/resource.h"

#include <utility>

#include "core/base/check.h"

namespace registry::resource {
namespace {

std::size_t place_of(const Kind& kind, std::string_view field) {
  const auto place = kind.shape.find(field);
  CORE_CHECK(place.has_value());
  return *place;
}

}  // namespace

const Value& Resource::value(std::string_view field) const {
  static const Value kUnset;
  const std::size_t place = place_of(*kind, field);
  return place < values.fields.size() ? values.fields[place] : kUnset;
}

const std::string& Resource::text(std::string_view field) const {
  static const std::string kEmpty;
  const auto* held = value(field).get_if<std::string>();
  return held == nullptr ? kEmpty : *held;
}

bool Resource::flag(std::string_view field) const {
  const auto* held = value(field).get_if<bool>();
  return held != nullptr && *held;
}

std::int64_t Resource::number(std::string_view field) const {
  const auto* held = value(field).get_if<std::int64_t>();
  return held == nullptr ? 0 : *held;
}

const Reference* Resource::reference(std::string_view field) const {
  return value(field).get_if<Reference>();
}

void Resource::set(std::string_view field, Value value) {
  const std::size_t place = place_of(*kind, field);
  if (values.fields.size() < kind->shape.fields.size()) {
    values.fields.resize(kind->shape.fields.size());
  }
  values.fields[place] = std::move(value);
}

std::string urn_of(const Kind& kind, const core::Uuid& id) {
  return "urn:vcloud:" + std::string{kind.urn_kind} + ":" + id.to_string();
}

}  // namespace registry::resource
