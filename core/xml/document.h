#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace core::xml {

struct Tree;

/// Why a text is no document for us, and where. `column` counts octets, both count from 1.
struct ParseError {
  std::size_t line = 1;
  std::size_t column = 1;
  std::string reason;

  [[nodiscard]] std::string to_string() const;  ///< "line 3, column 7: …"
};

/// What a document may cost. Each bound is judged before anything is built.
struct Limits {
  std::size_t size_octets = 10 * 1024 * 1024;
  std::size_t depth = 64;  // RapidXML recurses once for each level
  std::size_t elements = 100'000;
  std::size_t attributes = 64;  // of one element, namespace declarations included
  std::size_t attributes_in_all = 200'000;
};

/// An attribute, namespace declarations excepted. Without a prefix it is in no namespace.
struct Attribute {
  std::string_view namespace_uri;
  std::string_view local_name;
  std::string_view value;
};

class ElementRange;

/// One element of a document, seen in place: cheap to copy, valid while its Document lives.
class Element {
 public:
  [[nodiscard]] std::string_view namespace_uri() const;  ///< Empty: in no namespace.
  [[nodiscard]] std::string_view local_name() const;
  [[nodiscard]] bool is(std::string_view namespace_uri, std::string_view local_name) const;
  /// Character data and CDATA sections directly inside, joined, references expanded. White space
  /// alone between two pieces of markup is dropped.
  [[nodiscard]] std::string_view text() const;
  [[nodiscard]] std::span<const Attribute> attributes() const;
  /// The value of the attribute in no namespace; nullopt when there is none.
  [[nodiscard]] std::optional<std::string_view> attribute(std::string_view local_name) const;
  [[nodiscard]] ElementRange children() const;  ///< In document order.
  [[nodiscard]] std::size_t line() const;       ///< Where its start tag is, from 1.

 private:
  friend class Document;
  friend class ElementRange;
  Element(const Tree* tree, std::uint32_t index) : tree_(tree), index_(index) {}

  const Tree* tree_;
  std::uint32_t index_;
};

/// The child elements of one element, for a range-based for.
class ElementRange {
 public:
  class Iterator {
   public:
    using difference_type = std::ptrdiff_t;
    using value_type = Element;

    Element operator*() const { return {tree_, index_}; }
    Iterator& operator++();
    bool operator==(const Iterator& other) const { return index_ == other.index_; }
    bool operator!=(const Iterator& other) const { return index_ != other.index_; }

   private:
    friend class ElementRange;
    Iterator(const Tree* tree, std::uint32_t index) : tree_(tree), index_(index) {}
    const Tree* tree_;
    std::uint32_t index_;
  };
  [[nodiscard]] Iterator begin() const { return {tree_, first_}; }
  [[nodiscard]] Iterator end() const;
  [[nodiscard]] bool empty() const { return begin() == end(); }

 private:
  friend class Element;
  ElementRange(const Tree* tree, std::uint32_t first) : tree_(tree), first_(first) {}
  const Tree* tree_;
  std::uint32_t first_;
};

/// A document that passed, immutable. Owns the memory its elements point into.
class Document {
 public:
  explicit Document(std::unique_ptr<const Tree> tree);
  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();

  [[nodiscard]] Element root() const { return {tree_.get(), 0}; }

 private:
  std::unique_ptr<const Tree> tree_;
};

/// Reads a well-formed XML 1.0 document in UTF-8 with its namespaces (XML 1.0 fifth edition,
/// Namespaces in XML 1.0). A byte order mark, comments, CDATA sections and an XML declaration may
/// be there; a document type, processing instructions and other entities than the five predefined
/// ones may not. `text` is copied.
[[nodiscard]] Result<Document, ParseError> parse(std::string_view text, const Limits& limits = {});

}  // namespace core::xml
