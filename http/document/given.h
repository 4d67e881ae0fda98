#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/result.h"
#include "core/json/value.h"
#include "core/xml/document.h"
#include "http/error/error.h"
#include "http/native/call.h"
#include "http/representation/node.h"

namespace http::document {

/// A part of a request's document, the same for both formats: an attribute or element in XML, a
/// member of an object or an element of an array in JSON.
struct Given {
  enum class Kind : std::uint8_t {
    nothing,    // null
    text,       // an attribute, a JSON string, number or boolean
    structure,  // a JSON object
    array,      // a JSON array; its elements have its name
    element,    // an XML element, which may turn out to be text or structure
  };
  Kind kind = Kind::nothing;
  bool is_attribute = false;  // XML only
  std::string_view space;     // XML only: namespace URI
  std::string_view name;      // as it was spelt
  std::string_view text;
  std::vector<Given> members;  // in document order, attributes first
};

/// The bounds of a document in a request.
inline constexpr std::size_t kDocumentSizeMax = std::size_t{2} * 1024 * 1024;  // octets
inline constexpr std::uint32_t kDocumentDepthMax = 64;
inline constexpr std::size_t kDocumentPartsMax = 100'000;  // elements, attributes, JSON values

/// The document of a request: `root` and the memory its views point into.
struct GivenDocument {
  std::variant<core::xml::Document, core::json::Document> source;
  Given root;
  representation::Format format = representation::Format::xml;
};

/// What a request's document is to be: its media type, without a suffix, and its root in XML.
struct Expected {
  representation::MediaType type;
  std::string_view space;  // namespace URI
  std::string_view root;
};

/// Reads the body of `call`. The Content-Type is the expected one with +xml or +json, or a general
/// one (application/*+xml, application/xml, and the same of JSON); a PUT may leave it out and then
/// sends XML (spec section 2.2). Refuses: 415 for another one, 413 beyond the size, 400 for a
/// document that is malformed or has another root.
[[nodiscard]] core::Result<GivenDocument, error::ApiError> read_document(const native::Call& call,
                                                                         const Expected& expected);

/// The format that Content-Type names; nullopt when a document of `type` cannot come in it.
[[nodiscard]] std::optional<representation::Format> format_of(const native::Call& call,
                                                              representation::MediaType type);

}  // namespace http::document
