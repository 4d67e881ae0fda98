#pragma once

#include <span>
#include <string_view>

/// Which documents are no resources of a kind, and what all documents share: links, references,
/// errors; the list of versions, and what is only sent. Those with links are in
/// linked_documents.h.
namespace http::schema {

/// A document that is no resource: its root element, and what it is.
struct PlainDocument {
  std::string_view name;
  std::string_view space;       // the file it is declared in: "vcloud", "vmext", "versions"
  std::string_view media_type;  // without its suffix; empty: it is a part of others only
  std::string_view words;
};
[[nodiscard]] std::span<const PlainDocument> plain_documents();

/// Declarations for the schema document of that name, in lines.
[[nodiscard]] std::string_view plain_types(std::string_view file);

}  // namespace http::schema
