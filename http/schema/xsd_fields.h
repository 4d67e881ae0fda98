#pragma once

#include <string>
#include <string_view>

#include "http/schema/xsd_text.h"
#include "registry/resource/description.h"

/// The fields of shapes as parts of a schema document.
namespace http::schema {

/// The prefix that the schema documents give a namespace, and its file name without ".xsd".
[[nodiscard]] std::string_view prefix_of(registry::resource::Space space);

/// Where a field's element is, in a document whose root is in `root`: the user's view of an
/// extension's resource is in vcloud as a whole.
[[nodiscard]] registry::resource::Space space_in(registry::resource::Space root,
                                                 const registry::resource::Field& field);

/// Writes fields into the schema document of one namespace. An element of another namespace is a
/// reference to a group there, called after the path that leads to it.
class FieldWriter {
 public:
  FieldWriter(XsdText& out, registry::resource::Space space) : out_(out), space_(space) {}

  /// The element of `field`, or the reference to its group; `path` ends with its name.
  void element(const registry::resource::Field& field, const std::string& path) const;
  void attribute(const registry::resource::Field& field) const;
  /// The groups with the elements of `shape`, which is in `shape_space`, that are in this namespace
  /// and not in that one.
  void groups(const registry::resource::Shape& shape, registry::resource::Space shape_space,
              const std::string& path) const;

 private:
  void declare(const registry::resource::Field& field, const std::string& path) const;
  void item(const registry::resource::Field& field, const std::string& path, bool many) const;
  void simple_type(const registry::resource::Field& field) const;

  XsdText& out_;
  registry::resource::Space space_;
};

}  // namespace http::schema
