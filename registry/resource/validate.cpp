#include "registry/resource/validate.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/base/check.h"
#include "registry/model/rules.h"

namespace registry::resource {
namespace {

using Broken = std::optional<BrokenRule>;

constexpr std::size_t kTextMax = 255;  // characters, where a field does not say

Broken broken(std::string path, std::string text) {
  return BrokenRule{std::move(path), std::move(text), BrokenRule::Kind::invalid};
}

std::string named(const Field& field) { return std::string{field.name}; }

std::string below(const std::string& path, std::string_view part) {
  return path.empty() ? std::string{part} : path + "/" + std::string{part};
}

bool is_control(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return octet < 0x20 || octet == 0x7F;
}

/// Prose may have lines; names, keys and addresses travel into headers and logs and may not.
bool may_have_lines(const Field& field) {
  return field.rules.lines || field.name == "Description" || field.name == "Details";
}

bool has_bad_control(const Field& field, std::string_view text) {
  return std::any_of(text.begin(), text.end(), [&](char c) {
    if (may_have_lines(field) && (c == '\n' || c == '\r' || c == '\t')) return false;
    return is_control(c);
  });
}

std::string listed(std::span<const std::string_view> words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += words[i];
  }
  return text;
}

/// "1 character", "2 characters".
std::string counted(std::size_t count, std::string_view what) {
  return std::to_string(count) + " " + std::string{what} + (count == 1 ? "" : "s");
}

Broken check_text(const Field& field, const std::string& text, std::string path) {
  const std::size_t length = model::characters(text);
  const std::size_t maximum =
      field.maximum == 0 ? kTextMax : static_cast<std::size_t>(field.maximum);
  if (length > maximum) {
    return broken(std::move(path),
                  named(field) + " must not be longer than " + counted(maximum, "character") + ".");
  }
  if (length < static_cast<std::size_t>(field.minimum)) {
    const auto minimum = static_cast<std::size_t>(field.minimum);
    return broken(std::move(path),
                  named(field) + " must have at least " + counted(minimum, "character") + ".");
  }
  if (has_bad_control(field, text)) {
    return broken(std::move(path), named(field) + " must not contain control characters.");
  }
  if (field.one_of.empty() ||
      std::find(field.one_of.begin(), field.one_of.end(), text) != field.one_of.end()) {
    return std::nullopt;
  }
  return broken(std::move(path), named(field) + " must be " + listed(field.one_of) + ".");
}

Broken check_integer(const Field& field, std::int64_t value, std::string path) {
  if (field.maximum == 0) {
    if (value >= field.minimum || field.minimum == 0) return std::nullopt;
    return broken(std::move(path),
                  named(field) + " must be at least " + std::to_string(field.minimum) + ".");
  }
  if (value >= field.minimum && value <= field.maximum) return std::nullopt;
  return broken(std::move(path), named(field) + " must be from " + std::to_string(field.minimum) +
                                     " to " + std::to_string(field.maximum) + ".");
}

Broken check_reference(const Field& field, const Reference& reference, std::string path) {
  if (!field.target.empty() && reference.kind != field.target) {
    return broken(std::move(path), named(field) + " must refer to a resource of the kind " +
                                       std::string{field.target} + ".");
  }
  constexpr std::size_t kHrefMax = 2048;
  if (reference.href.size() > kHrefMax || reference.type.size() > kTextMax ||
      model::characters(reference.name) > kTextMax) {
    return broken(std::move(path), named(field) + " has an attribute that is too long.");
  }
  for (const std::string* text : {&reference.href, &reference.type, &reference.name}) {
    if (std::any_of(text->begin(), text->end(), is_control)) {
      return broken(std::move(path), named(field) + " must not contain control characters.");
    }
  }
  return std::nullopt;
}

Broken check_object(const Shape& shape, const Object& values, const std::string& path);

Broken check_one(const Field& field, const Value& value, const std::string& path) {
  switch (field.type) {
    case FieldType::text:
      if (const auto* text = value.get_if<std::string>()) return check_text(field, *text, path);
      break;
    case FieldType::integer:
      if (const auto* number = value.get_if<std::int64_t>()) {
        return check_integer(field, *number, path);
      }
      break;
    case FieldType::reference:
      if (const auto* reference = value.get_if<Reference>()) {
        return check_reference(field, *reference, path);
      }
      break;
    case FieldType::object:
      if (const auto* object = value.get_if<Object>()) {
        return check_object(*field.shape, *object, path);
      }
      break;
    case FieldType::boolean:
      if (value.get_if<bool>() != nullptr) return std::nullopt;
      break;
    case FieldType::time:
      if (value.get_if<core::WallTime>() != nullptr) return std::nullopt;
      break;
  }
  return broken(path, named(field) + " has a value of another type.");
}

Broken check_list(const Field& field, const Value& value, const std::string& path) {
  const auto* list = value.get_if<List>();
  const std::string outer = field.container.empty() ? path : below(path, field.container);
  if (list == nullptr) return broken(below(path, field.name), named(field) + " must be a list.");
  if (list->items.size() > field.items_max) {
    return broken(
        field.container.empty() ? below(path, field.name) : outer,
        "There must not be more than " + counted(field.items_max, named(field) + " element") + ".");
  }
  for (std::size_t i = 0; i < list->items.size(); ++i) {
    const std::string place = named(field) + "[" + std::to_string(i + 1) + "]";
    if (auto rule = check_one(field, list->items[i], below(outer, place))) return rule;
  }
  return std::nullopt;
}

Broken check_set(const Field& field, const Value& value, const std::string& path) {
  if (field.repeated) return check_list(field, value, path);
  return check_one(field, value, below(path, field.name));
}

/// Nothing, an empty text and an empty list.
bool is_empty(const Value& value) {
  if (!value.is_set()) return true;
  if (const auto* text = value.get_if<std::string>()) return text->empty();
  const auto* list = value.get_if<List>();
  return list != nullptr && list->items.empty();
}

Broken missing(const Field& field, const std::string& path) {
  return broken(below(path, field.name), named(field) + " is required.");
}

const Value& at(const Object& values, std::size_t place) {
  static const Value kUnset;
  return place < values.fields.size() ? values.fields[place] : kUnset;
}

Broken check_object(const Shape& shape, const Object& values, const std::string& path) {
  for (std::size_t i = 0; i < shape.fields.size(); ++i) {
    const Field& field = shape.fields[i];
    const Value& value = at(values, i);
    if (field.rules.required && is_empty(value)) return missing(field, path);
    if (!value.is_set()) continue;
    if (auto rule = check_set(field, value, path)) return rule;
  }
  return std::nullopt;
}

/// References that lead to one resource are the same, whatever else they say.
bool same(const Value& left, const Value& right) {
  const auto* one = left.get_if<Reference>();
  const auto* other = right.get_if<Reference>();
  if (one == nullptr || other == nullptr || one->id.is_nil()) return left == right;
  return one->id == other->id;
}

Broken fixed(const Field& field, const Value& stored) {
  const auto* text = stored.get_if<std::string>();
  const std::string now = text == nullptr ? "." : "; it is \"" + *text + "\".";
  return broken(named(field), named(field) + " is fixed at creation" + now);
}

}  // namespace

std::optional<BrokenRule> validate(const Shape& shape, const Object& values) {
  return check_object(shape, values, "");
}

std::optional<BrokenRule> validate_change(const Shape& shape, const Object& stored,
                                          const Object& given) {
  for (std::size_t i = 0; i < shape.fields.size(); ++i) {
    const Field& field = shape.fields[i];
    const Value& value = at(given, i);
    if (!value.is_set()) continue;
    if (field.rules.create_only && !same(value, at(stored, i))) return fixed(field, at(stored, i));
    if (field.rules.required && is_empty(value)) return missing(field, "");
    if (auto rule = check_set(field, value, "")) return rule;
  }
  return std::nullopt;
}

}  // namespace registry::resource
