#include "registry/inventory/inventory_file.h"

#include <algorithm>
#include <optional>

#include "core/base/check.h"
#include "core/json/value.h"

namespace registry::inventory {
namespace {

namespace json = core::json;
using resource::Field;
using resource::FieldType;
using resource::Object;
using resource::Shape;
using resource::Value;

/// Reads one file; the first trouble ends it.
class Reader {
 public:
  std::vector<Item> read_root(const json::Value& root) {
    std::vector<Item> items;
    if (!root.is_object()) fail("", "is to be an object");
    for (const json::Member member : root.members()) {
      const ChildrenWord* word = find(root_words(), member.name);
      if (word == nullptr) fail(std::string{member.name}, "is not known");
    }
    // In the order of the words, whatever that of the file is.
    for (const ChildrenWord& word : root_words()) read_items(root, "", word, items);
    return items;
  }

  [[nodiscard]] const std::optional<InventoryError>& error() const { return error_; }

 private:
  void fail(const std::string& place, std::string_view what) {
    if (error_) return;
    error_ = InventoryError{(place.empty() ? "the file" : place) + ": " + std::string{what} + "."};
  }

  template <typename Word>
  static const Word* find(std::span<const Word> words, std::string_view member) {
    const auto found = std::find_if(words.begin(), words.end(),
                                    [&](const Word& word) { return word.member == member; });
    return found == words.end() ? nullptr : &*found;
  }

  static std::string inside(const std::string& place, std::string_view member) {
    return place.empty() ? std::string{member} : place + "." + std::string{member};
  }

  void read_items(const json::Value& owner, const std::string& place, const ChildrenWord& word,
                  std::vector<Item>& items) {
    const json::Value list = owner.find(word.member);
    if (!list.exists()) return;
    const std::string at = inside(place, word.member);
    if (!list.is_array()) return fail(at, "is to be a list");
    std::size_t number = 0;
    for (const json::Value element : list.elements()) {
      if (error_) return;
      items.push_back(read_item(element, at + "[" + std::to_string(number) + "]", *word.words));
      ++number;
    }
  }

  Item read_item(const json::Value& value, const std::string& place, const ItemWords& words) {
    Item item{&words, place, {}, {}, {}};
    item.values.fields.resize(words.kind().shape.fields.size());
    if (++count_ > kItemsMax) fail(place, "is one too many");
    if (!value.is_object()) fail(place, "is to be an object");
    for (const json::Member member : value.members()) {
      if (error_) return item;
      read_member(member, place, item);
    }
    if (item.name().empty()) fail(place, "needs a name");
    // In the order of the words: users are there before what they may own.
    for (const ChildrenWord& word : words.children) read_items(value, place, word, item.items);
    return item;
  }

  void read_member(const json::Member& member, const std::string& place, Item& item) {
    const std::string at = inside(place, member.name);
    if (const FieldWord* word = find(item.words->fields, member.name)) {
      if (!set(item.words->kind().shape, item.values, word->path, member.value)) {
        fail(at, "is of another type than it is to be");
      }
      return;
    }
    if (const ReferenceWord* word = find(item.words->references, member.name)) {
      const auto name = member.value.string();
      if (!name) return fail(at, "is to be a name");
      item.references.emplace_back(word, *name);
      return;
    }
    if (find(item.words->children, member.name) == nullptr) fail(at, "is not known");
  }

  /// The value for the field at `path`, with the objects around it; false when it is of another
  /// type.
  static bool set(const Shape& shape, Object& values, std::string_view path,
                  const json::Value& given) {
    const std::size_t slash = path.find('/');
    const auto place = shape.find(path.substr(0, slash));
    CORE_CHECK(place.has_value());  // the words are ours
    Value& value = values.fields[*place];
    const Field& field = shape.fields[*place];
    if (slash == std::string_view::npos) return set_one(field, value, given);
    if (!value.is_set()) {
      Object inner;
      inner.fields.resize(field.shape->fields.size());
      value = Value{std::move(inner)};
    }
    return set(*field.shape, *std::get_if<Object>(&value.held), path.substr(slash + 1), given);
  }

  static bool set_one(const Field& field, Value& value, const json::Value& given) {
    if (field.type == FieldType::text && given.string()) {
      value = Value{std::string{*given.string()}};
    } else if (field.type == FieldType::boolean && given.boolean()) {
      value = Value{*given.boolean()};
    } else if (field.type == FieldType::integer && given.integer()) {
      value = Value{*given.integer()};
    } else {
      return false;
    }
    return true;
  }

  std::size_t count_ = 0;
  std::optional<InventoryError> error_;
};

}  // namespace

std::string Item::name() const {
  const auto field = words->kind().shape.find("name");
  const auto* name = values.fields[*field].get_if<std::string>();
  return name == nullptr ? std::string{} : *name;
}

core::Result<std::vector<Item>, InventoryError> read_inventory(std::string_view json) {
  json::Limits limits;
  limits.size_octets_max = kFileOctetsMax;
  const auto document = json::Document::parse(json, limits);
  if (!document) {
    return core::Unexpected{InventoryError{"the file: " + document.error().reason + ", at octet " +
                                           std::to_string(document.error().position) + "."}};
  }
  Reader reader;
  auto items = reader.read_root(document->root());
  if (reader.error()) return core::Unexpected{*reader.error()};
  return items;
}

}  // namespace registry::inventory
