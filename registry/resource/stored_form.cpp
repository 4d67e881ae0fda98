#include "registry/resource/stored_form.h"

#include <utility>

#include "core/json/value.h"
#include "core/json/writer.h"
#include "registry/resource/time_text.h"

namespace registry::resource {
namespace {

namespace json = core::json;

// ---- Writing

class Storing {
 public:
  Storing(core::Buffer& out, bool shown_only) : writer_(out), shown_only_(shown_only) {}

  /// Withheld fields that `before` had with other values are said to be changed.
  void object(const Shape& shape, const Object& values, const Object* before = nullptr) {
    writer_.begin_object();
    for (std::size_t i = 0; i < shape.fields.size() && i < values.fields.size(); ++i) {
      const Field& field = shape.fields[i];
      if (!wanted(field)) {
        if (before != nullptr && differs(values, *before, i)) {
          writer_.member(field.name, "(changed)");
        }
        continue;
      }
      if (!values.fields[i].is_set()) continue;
      writer_.key(field.name);
      std::visit([&](const auto& held) { write(field, held); }, values.fields[i].held);
    }
    writer_.end_object();
  }

 private:
  [[nodiscard]] bool wanted(const Field& field) const {
    return !shown_only_ || !(field.rules.secret || field.rules.hidden);
  }

  static bool differs(const Object& values, const Object& before, std::size_t place) {
    if (place >= before.fields.size()) return values.fields[place].is_set();
    return !(values.fields[place] == before.fields[place]);
  }

  void write(const Field&, std::monostate) { writer_.null(); }
  void write(const Field&, bool value) { writer_.boolean(value); }
  void write(const Field&, std::int64_t value) { writer_.integer(value); }
  void write(const Field&, const std::string& value) { writer_.string(value); }
  void write(const Field&, core::WallTime value) { writer_.string(time_text(value)); }
  void write(const Field&, const SharedReference& value) {
    writer_.begin_object();
    if (!value->id.is_nil()) writer_.member("id", value->id.to_string());
    for (const auto& [name, text] :
         {std::pair<std::string_view, const std::string&>{"kind", value->kind},
          {"href", value->href},
          {"type", value->type},
          {"name", value->name}}) {
      if (!text.empty()) writer_.member(name, text);
    }
    writer_.end_object();
  }
  void write(const Field& field, const Object& value) { object(*field.shape, value); }
  void write(const Field& field, const List& value) {
    writer_.begin_array();
    for (const Value& item : value.items) {
      std::visit([&](const auto& held) { write(field, held); }, item.held);
    }
    writer_.end_array();
  }

  json::Writer writer_;
  bool shown_only_;
};

std::string written(const Shape& shape, const Object& values, bool shown_only,
                    const Object* before = nullptr) {
  core::Buffer out;
  Storing{out, shown_only}.object(shape, values, before);
  return std::string{out.text()};
}

// ---- Reading

using ReadValue = core::Result<Value, std::string>;
using ReadObject = core::Result<Object, std::string>;

core::Unexpected<std::string> not_a(std::string_view field, std::string_view wanted) {
  return core::Unexpected{std::string{field} + " is not " + std::string{wanted}};
}

ReadObject read_object(const Shape& shape, json::Value from);

std::string text_of(json::Value object, std::string_view member) {
  return std::string{object.find(member).string().value_or(std::string_view{})};
}

ReadValue read_reference(const Field& field, json::Value from) {
  if (!from.is_object()) return not_a(field.name, "a reference");
  Reference reference;
  if (const auto id = from.find("id").string()) {
    const auto parsed = core::Uuid::parse(*id);
    if (!parsed) return not_a(field.name, "a reference with an identifier");
    reference.id = *parsed;
  }
  reference.kind = text_of(from, "kind");
  reference.href = text_of(from, "href");
  reference.type = text_of(from, "type");
  reference.name = text_of(from, "name");
  return Value{std::move(reference)};
}

ReadValue read_text(const Field& field, json::Value from) {
  const auto text = from.string();
  if (!text) return not_a(field.name, "a text");
  return Value{std::string{*text}};
}

ReadValue read_time(const Field& field, json::Value from) {
  const auto time = parse_time(from.string().value_or(std::string_view{}));
  if (!time) return not_a(field.name, "a time");
  return Value{*time};
}

ReadValue read_one(const Field& field, json::Value from) {
  switch (field.type) {
    case FieldType::text:
      return read_text(field, from);
    case FieldType::boolean:
      if (const auto value = from.boolean()) return Value{*value};
      return not_a(field.name, "a boolean");
    case FieldType::integer:
      if (const auto value = from.integer()) return Value{*value};
      return not_a(field.name, "an integer");
    case FieldType::time:
      return read_time(field, from);
    case FieldType::reference:
      return read_reference(field, from);
    case FieldType::object:
      break;
  }
  auto object = read_object(*field.shape, from);
  if (!object) return core::Unexpected{std::move(object).error()};
  return Value{*std::move(object)};
}

ReadValue read_field(const Field& field, json::Value from) {
  if (!field.repeated) return read_one(field, from);
  if (!from.is_array()) return not_a(field.name, "a list");
  List list;
  for (const json::Value item : from.elements()) {
    auto value = read_one(field, item);
    if (!value) return value;
    list.items.push_back(*std::move(value));
  }
  return Value{std::move(list)};
}

ReadObject read_object(const Shape& shape, json::Value from) {
  if (!from.is_object()) return not_a(shape.name, "an object");
  Object object;
  object.fields.resize(shape.fields.size());
  for (const json::Member member : from.members()) {
    const auto place = shape.find(member.name);
    if (!place || member.value.is_null()) continue;
    auto value = read_field(shape.fields[*place], member.value);
    if (!value) return core::Unexpected{std::move(value).error()};
    object.fields[*place] = *std::move(value);
  }
  return object;
}

}  // namespace

std::string to_stored(const Shape& shape, const Object& values) {
  return written(shape, values, false);
}

std::string to_shown(const Shape& shape, const Object& values, const Object* before) {
  return written(shape, values, true, before);
}

core::Result<Object, std::string> from_stored(const Shape& shape, std::string_view text) {
  // Our own text: whatever was kept is read again, however long it is.
  json::Limits limits;
  limits.size_octets_max = text.size();
  const auto document = json::Document::parse(text, limits);
  if (!document) return core::Unexpected{std::string{document.error().reason}};
  return read_object(shape, document->root());
}

}  // namespace registry::resource
