#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace core::json {

enum class Kind : std::uint8_t { none, null, boolean, number, string, array, object };

/// How much of a document is read before it is refused.
struct Limits {
  std::size_t size_octets_max = std::size_t{10} * 1024 * 1024;
  std::uint32_t depth_max = 128;  // arrays and objects inside one another
};

/// Why a text is not the JSON we take, and the octet at which that shows.
struct ParseError {
  std::string reason;
  std::size_t position = 0;
};

class Elements;
class Members;
struct Tree;  // what a Document holds: its text and the nodes that point into it

/// One value of a Document, seen in place: valid as long as the document lives. A look-up that
/// finds nothing gives a value of kind `none`, on which every question is answered with nothing, so
/// that a chain of look-ups needs one check at its end.
class Value {
 public:
  Value() = default;

  [[nodiscard]] Kind kind() const;
  [[nodiscard]] bool exists() const { return kind() != Kind::none; }
  [[nodiscard]] bool is_null() const { return kind() == Kind::null; }
  [[nodiscard]] bool is_object() const { return kind() == Kind::object; }
  [[nodiscard]] bool is_array() const { return kind() == Kind::array; }

  [[nodiscard]] std::optional<bool> boolean() const;
  /// The text of a string, decoded; always well-formed UTF-8, perhaps with U+0000 in it.
  [[nodiscard]] std::optional<std::string_view> string() const;
  /// A number as it was written, e.g. "1.50".
  [[nodiscard]] std::optional<std::string_view> number() const;
  /// A number that is an integer and fits; "2e2" and "200.0" are not written as integers.
  [[nodiscard]] std::optional<std::int64_t> integer() const;
  [[nodiscard]] std::optional<double> real() const;

  [[nodiscard]] std::size_t size() const;   ///< Of an array or object; 0 for the rest.
  [[nodiscard]] Elements elements() const;  ///< Of an array; none for the rest.
  [[nodiscard]] Members members() const;    ///< Of an object; none for the rest.
  /// The member called `name`, by a walk over the members.
  [[nodiscard]] Value find(std::string_view name) const;

 private:
  friend class Document;
  friend class Elements;
  friend class Members;
  Value(const Tree* tree, std::uint32_t node) : tree_(tree), node_(node) {}

  const Tree* tree_ = nullptr;
  std::uint32_t node_ = 0;
};

/// The elements of an array, for a range-based for.
class Elements {
 public:
  class Iterator {
   public:
    Iterator(const Tree* tree, std::uint32_t node) : tree_(tree), node_(node) {}
    Value operator*() const { return Value{tree_, node_}; }
    Iterator& operator++();
    bool operator==(const Iterator& other) const { return node_ == other.node_; }

   private:
    const Tree* tree_;
    std::uint32_t node_;
  };
  [[nodiscard]] Iterator begin() const { return {tree_, begin_}; }
  [[nodiscard]] Iterator end() const { return {tree_, end_}; }

 private:
  friend class Value;
  const Tree* tree_ = nullptr;
  std::uint32_t begin_ = 0;
  std::uint32_t end_ = 0;
};

struct Member {
  std::string_view name;
  Value value;
};

/// The members of an object, in the order they were written.
class Members {
 public:
  class Iterator {
   public:
    Iterator(const Tree* tree, std::uint32_t node) : tree_(tree), node_(node) {}
    Member operator*() const;
    Iterator& operator++();
    bool operator==(const Iterator& other) const { return node_ == other.node_; }

   private:
    const Tree* tree_;
    std::uint32_t node_;  // of the name; its value follows
  };
  [[nodiscard]] Iterator begin() const { return {tree_, begin_}; }
  [[nodiscard]] Iterator end() const { return {tree_, end_}; }

 private:
  friend class Value;
  const Tree* tree_ = nullptr;
  std::uint32_t begin_ = 0;
  std::uint32_t end_ = 0;
};

/// A JSON text (RFC 8259), read strictly and kept immutable.
///
/// Refused, each with its position: anything after the value, nesting beyond the limit, a text
/// beyond the limit, ill-formed UTF-8 and lone surrogates, two members of one name in an object.
/// A byte order mark at the front is skipped.
class Document {
 public:
  [[nodiscard]] static Result<Document, ParseError> parse(std::string_view text,
                                                          const Limits& limits = {});
  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();

  [[nodiscard]] Value root() const;

 private:
  explicit Document(std::unique_ptr<const Tree> tree);
  std::unique_ptr<const Tree> tree_;
};

}  // namespace core::json
