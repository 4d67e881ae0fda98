#include "http/document/given.h"

#include <optional>

#include "http/representation/media_type.h"

namespace http::document {
namespace {

using error::ApiError;
using representation::Format;
using representation::MediaType;
using Read = core::Result<GivenDocument, ApiError>;

core::Unexpected<ApiError> refused(std::uint16_t status, std::string_view code, std::string text) {
  return core::Unexpected{ApiError{status, code, std::move(text)}};
}
core::Unexpected<ApiError> malformed(std::string why) {
  if (why.ends_with('.')) why.pop_back();  // the libraries' reasons are sentences
  return refused(400, error::kBadRequest, "The document is malformed: " + why + ".");
}

/// Makes the common tree. Recurses at most kDocumentDepthMax deep, which the parsers have judged,
/// and stops at kDocumentPartsMax: a tiny JSON value is a large part here.
class Converter {
 public:
  Given convert(const core::xml::Element& element) {
    Given given;
    given.kind = Given::Kind::element;
    given.space = element.namespace_uri();
    given.name = element.local_name();
    given.text = element.text();
    for (const core::xml::Attribute& attribute : element.attributes()) {
      if (!count()) return given;
      given.members.push_back({Given::Kind::text,
                               true,
                               attribute.namespace_uri,
                               attribute.local_name,
                               attribute.value,
                               {}});
    }
    for (const core::xml::Element child : element.children()) {
      if (!count()) return given;
      given.members.push_back(convert(child));
    }
    return given;
  }

  Given convert(std::string_view name, const core::json::Value& value) {
    Given given;
    given.name = name;
    if (value.is_object()) {
      given.kind = Given::Kind::structure;
      for (const core::json::Member member : value.members()) {
        if (!count()) return given;
        given.members.push_back(convert(member.name, member.value));
      }
    } else if (value.is_array()) {
      given.kind = Given::Kind::array;
      for (const core::json::Value element : value.elements()) {
        if (!count()) return given;
        given.members.push_back(convert(name, element));
      }
    } else if (!value.is_null()) {
      given.kind = Given::Kind::text;
      given.text = text_of(value);
    }
    return given;
  }

  [[nodiscard]] bool overflowed() const { return parts_ > kDocumentPartsMax; }

 private:
  static std::string_view text_of(const core::json::Value& value) {
    if (const auto truth = value.boolean()) return *truth ? "true" : "false";
    return value.string().value_or(value.number().value_or(std::string_view{}));
  }
  bool count() { return ++parts_ <= kDocumentPartsMax; }

  std::size_t parts_ = 0;
};

std::optional<Format> body_format(const message::Request& request, MediaType type) {
  const std::string* field = request.headers.find("Content-Type");
  if (field == nullptr) {
    return request.method == "PUT" ? std::optional{Format::xml} : std::nullopt;
  }
  const auto ranges = representation::parse_media_ranges(*field);
  if (ranges.size() != 1) return std::nullopt;
  const std::string* charset = ranges[0].parameter("charset");
  if (charset != nullptr && !message::equal_ignoring_case(*charset, "utf-8")) return std::nullopt;

  const std::string essence = ranges[0].essence();
  const auto is = [&](std::string_view base, std::string_view suffix) {
    return message::equal_ignoring_case(essence, std::string{base}.append(suffix));
  };
  for (const std::string_view base : {type.base, std::string_view{"application/*"}}) {
    if (is(base, "+xml")) return Format::xml;
    if (is(base, "+json")) return Format::json;
  }
  if (essence == "application/xml" || essence == "text/xml") return Format::xml;
  if (essence == "application/json") return Format::json;
  return std::nullopt;
}

bool is_encoded(const message::Headers& headers) {
  const std::string* coding = headers.find("Content-Encoding");
  return coding != nullptr && !message::equal_ignoring_case(*coding, "identity");
}

std::string space_in_words(std::string_view uri) {
  return uri.empty() ? "no namespace" : "the namespace " + std::string{uri};
}

Read read_xml(std::string_view text, const Expected& expected) {
  core::xml::Limits limits;
  limits.size_octets = kDocumentSizeMax;
  limits.depth = kDocumentDepthMax;
  auto document = core::xml::parse(text, limits);
  if (!document) return malformed(document.error().to_string());
  if (!document->root().is(expected.space, expected.root)) {
    const core::xml::Element root = document->root();
    return malformed("the root element must be " + std::string{expected.root} + " in " +
                     space_in_words(expected.space) + ", not " + std::string{root.local_name()} +
                     " in " + space_in_words(root.namespace_uri()));
  }
  Converter converter;
  Given root = converter.convert(document->root());
  if (converter.overflowed()) return malformed("it has too many parts");
  return GivenDocument{*std::move(document), std::move(root), Format::xml};
}

Read read_json(std::string_view text, const Expected& expected) {
  core::json::Limits limits;
  limits.size_octets_max = kDocumentSizeMax;
  limits.depth_max = kDocumentDepthMax;
  auto document = core::json::Document::parse(text, limits);
  if (!document) {
    const auto& error = document.error();
    return malformed("octet " + std::to_string(error.position) + ": " + error.reason);
  }
  if (!document->root().is_object()) return malformed("it is not an object");
  Converter converter;
  Given root = converter.convert(expected.root, document->root());
  if (converter.overflowed()) return malformed("it has too many parts");
  return GivenDocument{*std::move(document), std::move(root), Format::json};
}

}  // namespace

std::optional<Format> format_of(const native::Call& call, MediaType type) {
  return body_format(*call.request, type);
}

Read read_document(const native::Call& call, const Expected& expected) {
  if (is_encoded(call.request->headers)) {
    return refused(415, error::kUnsupportedMediaType,
                   "The body must be sent without a Content-Encoding.");
  }
  const auto format = format_of(call, expected.type);
  if (!format) {
    return refused(
        415, error::kUnsupportedMediaType,
        "The body must be " + std::string{expected.type.base} + "+xml or +json in UTF-8.");
  }
  const std::string_view text = call.request->body.text();
  if (text.size() > kDocumentSizeMax) {
    return refused(413, error::kBadRequest, "The document is larger than 2 MiB.");
  }
  return *format == Format::xml ? read_xml(text, expected) : read_json(text, expected);
}

}  // namespace http::document
