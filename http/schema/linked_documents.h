#pragma once

#include <span>
#include <string_view>

#include "http/schema/xsd_text.h"

/// Documents that are no resources of a kind and have links: entrances, lists, answers of actions.
/// Nothing else describes them, so they are declared here by hand, as a table.
namespace http::schema {

/// An element of such a document, or a group of elements of another file.
struct Member {
  enum class Number { one, optional, many, container, group };

  std::string_view name;
  std::string_view type = {};  // with its prefix; of a container: of what is in it
  Number number = Number::one;
  std::string_view inner = {};  // of a container: the name of each element in it
};

/// An attribute besides href, id, type and name: a text.
struct TextAttribute {
  std::string_view name;
  bool required = true;
};

struct LinkedDocument {
  std::string_view space;  // the file it is declared in
  std::string_view name;
  std::span<const Member> members = {};  // behind the links
  std::span<const TextAttribute> attributes = {};
};

/// Declares those of a file.
void linked_documents(XsdText& out, std::string_view file);

}  // namespace http::schema
