#include "http/document/values.h"

#include <charconv>

#include "http/document/addresses.h"
#include "http/document/spelling.h"
#include "registry/resource/time_text.h"

namespace http::document {
namespace {

using registry::resource::Field;
using registry::resource::FieldType;
using registry::resource::List;
using registry::resource::Object;
using registry::resource::Reference;
using registry::resource::Shape;
using registry::resource::Value;

// Objects nest as their shapes do, and shapes are constants: the recursion here is bounded.

ElementName name_of(const Field& field) { return {field.name, field.space, field.rules.any_space}; }

Value boolean(std::string_view text, const std::string& path, Faults& faults) {
  if (text == "true" || text == "1") return true;
  if (text == "false" || text == "0") return false;
  faults.add(path, "must be true or false");
  return {};
}

Value integer(std::string_view text, const std::string& path, Faults& faults) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (!text.empty() && error == std::errc{} && end == text.data() + text.size()) return number;
  faults.add(path, "must be an integer");
  return {};
}

Value time(std::string_view text, const std::string& path, Faults& faults) {
  if (const auto read = registry::resource::parse_time(text)) return *read;
  faults.add(path, "must be a date and time, such as 2026-01-31T12:00:00.000Z");
  return {};
}

/// White space around a value that is no text is none of it (XML Schema, whiteSpace collapse), and
/// white space alone is no text: in XML it could not be told from nothing.
Value scalar(const Field& field, std::string_view text, const std::string& path, Faults& faults) {
  if (field.type == FieldType::boolean) return boolean(trimmed(text), path, faults);
  if (field.type == FieldType::integer) return integer(trimmed(text), path, faults);
  if (field.type == FieldType::time) return time(trimmed(text), path, faults);
  const std::string_view inner = trimmed(text);
  return std::string{field.rules.trimmed || inner.empty() ? inner : text};
}

bool is_the_senders(const Field& field) { return !field.rules.read_only && !field.rules.ignored; }

}  // namespace

Object ValueReader::fields(const Shape& shape, Members& from) const {
  Object object;
  object.fields.reserve(shape.fields.size());
  for (const Field& each : shape.fields) object.fields.push_back(field(each, from));
  return object;
}

Value ValueReader::field(const Field& field, Members& from) const {
  if (field.rules.hidden) return {};
  if (!is_the_senders(field)) {
    from.skip(field.container.empty() ? name_of(field)
                                      : ElementName{field.container, field.space, false});
    return {};
  }
  if (field.attribute) {
    const auto text = from.attribute(field.name);
    return text ? scalar(field, *text, from.path_of(field.name), from.faults()) : Value{};
  }
  if (field.repeated) return list(field, from);
  const auto item = from.element(name_of(field));
  return item ? element(field, *item, from) : Value{};
}

Value ValueReader::list(const Field& field, Members& from) const {
  const ElementName name = name_of(field);
  std::vector<Item> items;
  if (field.container.empty()) {
    items = from.elements(name);
    if (items.empty()) return {};
  } else {
    auto given = from.list({field.container, field.space, field.rules.any_space}, name);
    if (!given) return {};
    items = *std::move(given);
  }
  if (items.size() > field.items_max) {
    from.faults().add(from.path_of(field.name),
                      "is there more than " + std::to_string(field.items_max) + " times");
    return {};
  }
  List list;
  list.items.reserve(items.size());
  for (const Item& item : items) list.items.push_back(element(field, item, from));
  return list;
}

Value ValueReader::element(const Field& field, const Item& item, Members& from) const {
  if (field.type == FieldType::reference) return reference(field, item, from);
  if (field.type == FieldType::object) {
    Members inner{item, from.format(), from.faults()};
    Object object = fields(*field.shape, inner);
    inner.finish();
    return object;
  }
  const auto text = from.text_of(item);
  return text ? scalar(field, *text, item.path, from.faults()) : Value{};
}

namespace {

/// Whether both name resources of ours, and not the same one. An id may be a UUID alone.
bool contradict(std::string_view href, std::string_view id) {
  const auto by_href = address_of(href);
  if (!by_href) return false;
  const auto by_id = address_of(id);
  if (by_id) return by_id->id != by_href->id || by_id->kind != by_href->kind;
  const auto uuid = core::Uuid::parse(id);
  return uuid && *uuid != by_href->id;
}

}  // namespace

Value ValueReader::reference(const Field& field, const Item& item, Members& from) const {
  Members inner{item, from.format(), from.faults()};
  const auto part = [&](std::string_view name, std::size_t max) -> std::string_view {
    const auto text = inner.attribute(name);
    if (!text) return {};
    if (text->size() > max) inner.faults().add(inner.path_of(name), "is too long");
    return trimmed(*text);
  };
  const std::string_view href = part("href", kReferenceHrefMax);
  const std::string_view id = part("id", kReferenceTextMax);
  if (href.empty() && id.empty()) {
    inner.faults().add(item.path, "names nothing: an href or an id is required");
  }
  if (contradict(href, id)) {
    inner.faults().add(item.path, "names two resources: the href is " + std::string{href} +
                                      ", the id " + std::string{id});
  }
  // Where {baseUri} may stand, an URL is meant and not what is behind it.
  Reference reference;
  if (field.rules.expanded) {
    reference.href = href;
  } else {
    reference = resolved(href, id, field.target);
  }
  reference.type = part("type", kReferenceTextMax);
  reference.name = part("name", kReferenceTextMax);
  inner.finish();
  if (!field.target.empty() && reference.kind != field.target) {
    inner.faults().add(item.path, "must name a resource of the kind " + std::string{field.target});
  }
  return reference;
}

/// An href of another host is kept beside the id: when no such resource is here, it is what was
/// meant.
Reference ValueReader::resolved(std::string_view href, std::string_view id,
                                std::string_view target) const {
  Reference reference;
  for (const std::string_view each : {href, id}) {
    const auto address = address_of(each);
    if (!address) continue;
    reference.id = address->id;
    reference.kind = address->kind->urn_kind;
    if (!address->host.empty() && address->host != base_) reference.href = href;
    return reference;
  }
  const auto uuid = core::Uuid::parse(id.empty() ? href : id);
  if (uuid && !target.empty()) {
    reference.id = *uuid;
    reference.kind = target;
    return reference;
  }
  reference.href = href.empty() ? id : href;
  return reference;
}

}  // namespace http::document
