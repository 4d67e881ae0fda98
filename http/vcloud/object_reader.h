#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/vcloud/given.h"

namespace http::vcloud {

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

/// Takes the members of one element or object by name, in any order. Names are those of the XML
/// schema; in JSON they begin with a small letter, and null is the same as not there. What is
/// doubled or of the wrong kind goes to `faults`; `finish` adds what nobody took.
class ObjectReader {
 public:
  using Namespace = representation::Namespace;

  ObjectReader(const Given& object, std::string path, representation::Format format,
               Faults& faults);

  /// An attribute in XML.
  std::optional<std::string> attribute(std::string_view name);
  /// An element with text only, in the namespace vmext.
  std::optional<std::string> text(std::string_view name) {
    return text_in({Namespace::vmext}, name);
  }
  std::optional<std::string> description();  ///< In vcloud, vmext or no namespace (section 2.2).
  std::optional<bool> boolean(std::string_view name);
  std::optional<std::int64_t> integer(Namespace space, std::string_view name);

  struct Item {
    const Given* given;
    std::string path;
  };
  /// The elements `item` in the element `container`; nullopt when that is not there. In JSON,
  /// {"container": {"item": […]}} or shorter {"container": […]}.
  std::optional<std::vector<Item>> list(std::string_view container, std::string_view item);
  /// Takes a member without a look inside; whether it was there.
  bool skip(Namespace space, std::string_view name);

  /// Call last. Attributes that nobody took are ignored (xsi:schemaLocation and the like), and so
  /// is what only a server writes: links, tasks, href, id, type.
  void finish();

  [[nodiscard]] std::string path_of(std::string_view name) const;
  void fault(std::string_view name, std::string_view reason) { faults_.add(path_of(name), reason); }

 private:
  std::optional<std::string> text_in(std::initializer_list<Namespace> spaces,
                                     std::string_view name);
  /// The one member of that name, which counts as taken; null when there is none.
  const Given* take(std::initializer_list<Namespace> spaces, std::string_view name);
  std::optional<std::string> text_of(const Given* member, std::string_view name);
  /// Every member of that name in vmext, arrays taken apart; all count as taken.
  std::vector<Item> take_all(std::string_view name);
  [[nodiscard]] bool is_called(const Given& member, std::string_view name) const;
  [[nodiscard]] bool is_in(const Given& member, std::initializer_list<Namespace> spaces) const;
  [[nodiscard]] bool is_ignored(const Given& member) const;

  const Given& object_;
  std::string path_;
  representation::Format format_;
  Faults& faults_;
  std::vector<bool> taken_;
};

/// The name of a member as it is written in `format`: JSON's begin with a small letter.
[[nodiscard]] std::string spelled(std::string_view name, representation::Format format);

/// `text` without white space at its ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);

}  // namespace http::vcloud
