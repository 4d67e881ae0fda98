#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/document/given.h"
#include "registry/resource/description.h"

namespace http::document {

/// The first thing found wrong with a document, as `path: reason`.
class Faults {
 public:
  void add(std::string_view path, std::string_view reason) {
    if (!first_) first_ = std::string{path}.append(": ").append(reason);
  }
  [[nodiscard]] const std::optional<std::string>& first() const { return first_; }

 private:
  std::optional<std::string> first_;
};

/// Where an element is looked for.
struct ElementName {
  std::string_view name;
  registry::resource::Space space = registry::resource::Space::vmext;
  bool any_space = false;  // in vcloud, in vmext or in no namespace
};

/// A part of a document, and the path that leads to it.
struct Item {
  const Given* given = nullptr;
  std::string path;
};

/// Takes the members of one element or object by name, in any order. Names are those of the XML
/// schema; in JSON they begin with a small letter, and null is the same as not there. What is
/// doubled or of the wrong kind goes to `faults`; `finish` adds what nobody took.
class Members {
 public:
  /// `item` and `faults` outlive this.
  Members(const Item& item, representation::Format format, Faults& faults);

  /// The text of an attribute; in JSON, of the member of that name.
  std::optional<std::string_view> attribute(std::string_view name);
  /// The one element of that name; nullopt when it is not there.
  std::optional<Item> element(const ElementName& name);
  /// Every element of that name, which stand side by side; in JSON the elements of an array, or one
  /// value alone.
  std::vector<Item> elements(const ElementName& name);
  /// The elements `item` in the element `container`; nullopt when that is not there. In JSON,
  /// {"container": {"item": […]}} or shorter {"container": […]}.
  std::optional<std::vector<Item>> list(const ElementName& container, const ElementName& item);
  /// Reads over every element, and in JSON over the member, of that name.
  void skip(const ElementName& name);

  /// The text of a part that is to have no structure.
  std::optional<std::string_view> text_of(const Item& item);

  /// Call last. Attributes that nobody took are ignored (xsi:type, xsi:schemaLocation and the
  /// like), and so is what only a server writes: links, tasks, href, id, type.
  void finish();

  [[nodiscard]] const std::string& path() const { return item_.path; }
  [[nodiscard]] std::string path_of(std::string_view name) const;
  [[nodiscard]] representation::Format format() const { return format_; }
  [[nodiscard]] Faults& faults() { return faults_; }

 private:
  [[nodiscard]] bool matches(const Given& member, const ElementName& name) const;
  /// What may have been meant by a member that is not known here, from a semicolon on.
  [[nodiscard]] std::string hint(const Given& member) const;
  [[nodiscard]] bool is_ignored(const Given& member) const;

  const Item& item_;
  representation::Format format_;
  Faults& faults_;
  std::vector<bool> taken_;
  std::vector<ElementName> known_;                  // elements, in JSON all members
  std::vector<std::string_view> known_attributes_;  // XML only
};

}  // namespace http::document
