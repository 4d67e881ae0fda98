#pragma once

// Random values that a description allows, for tests that write and read them back.

#include <algorithm>
#include <chrono>
#include <random>
#include <string>

#include "core/base/uuid.h"
#include "registry/kinds/kinds.h"
#include "registry/resource/description.h"
#include "registry/resource/value.h"

namespace http::document {

class RandomObject {
 public:
  using Field = registry::resource::Field;
  using FieldType = registry::resource::FieldType;
  using Object = registry::resource::Object;
  using Reference = registry::resource::Reference;
  using Shape = registry::resource::Shape;
  using Value = registry::resource::Value;

  explicit RandomObject(std::uint64_t seed) : engine_(seed) {}

  /// Every required field, and each other one in half of the cases.
  Object of(const Shape& shape) {
    Object object;
    for (const Field& field : shape.fields) {
      const bool unkept = field.rules.ignored || field.rules.hidden || field.rules.secret;
      const bool is_set = !unkept && (field.rules.required || below(2) == 0);
      object.fields.push_back(is_set ? value(field) : Value{});
    }
    return object;
  }

  std::uint64_t below(std::uint64_t end) { return engine_() % end; }

  std::string text(std::size_t length) {
    static constexpr std::string_view kParts[]{"a",  "Z",  "7", " ",        "<",
                                               "&",  "\"", "'", "]]>",      "{",
                                               "\\", "/",  ";", "\xC3\xA4", "\xF0\x9F\x98\x80"};
    std::string made;
    for (std::size_t i = 0; i < length; ++i) {
      const bool at_end = i == 0 || i + 1 == length;  // no blanks there: they may be trimmed
      made += at_end ? "x" : kParts[below(std::size(kParts))];
    }
    return made;
  }

 private:
  Value value(const Field& field) {
    if (!field.repeated) return single(field);
    registry::resource::List list;
    const std::size_t least = field.container.empty() || field.rules.required ? 1 : 0;
    for (std::size_t n = least + below(3); n > 0 && list.items.size() < field.items_max; --n) {
      list.items.push_back(single(field));
    }
    return list;
  }

  Value single(const Field& field) {
    switch (field.type) {
      case FieldType::text:
        return word(field);
      case FieldType::boolean:
        return below(2) == 0;
      case FieldType::integer:
        return number(field);
      case FieldType::time:
        return core::WallTime{std::chrono::milliseconds{below(4'000'000'000'000)}};
      case FieldType::reference:
        return reference(field);
      case FieldType::object:
        return of(*field.shape);
    }
    return {};
  }

  std::string word(const Field& field) {
    if (!field.one_of.empty()) return std::string{field.one_of[below(field.one_of.size())]};
    const std::int64_t max = field.maximum == 0 ? 255 : field.maximum;
    const std::int64_t least = std::max<std::int64_t>(field.minimum, 1);
    // A part may have three characters.
    const std::int64_t most = std::max(least, std::min<std::int64_t>(max / 3, least + 20));
    return text(static_cast<std::size_t>(least) +
                below(static_cast<std::uint64_t>(most - least) + 1));
  }

  std::int64_t number(const Field& field) {
    if (field.maximum == 0) return static_cast<std::int64_t>(below(1'000'000)) + field.minimum;
    return field.minimum + static_cast<std::int64_t>(below(
                               static_cast<std::uint64_t>(field.maximum - field.minimum) + 1));
  }

  Reference reference(const Field& field) {
    Reference made;
    made.type = below(2) == 0 ? "" : "application/x";
    made.name = below(2) == 0 ? "" : text(5);
    if (field.rules.expanded || (field.target.empty() && below(2) == 0)) {
      made.href = "http://elsewhere.example.org/" + std::to_string(below(1000));
      return made;
    }
    made.kind = field.target.empty() ? registry::kinds::organisation().urn_kind : field.target;
    made.id = core::Uuid::random();
    return made;
  }

  std::mt19937_64 engine_;
};

}  // namespace http::document
