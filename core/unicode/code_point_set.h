#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace core::unicode {

inline constexpr char32_t kCodePointMax = 0x10FFFF;

/// Code points from `first` to `last`, both included.
struct CodePointRange {
  char32_t first = 0;
  char32_t last = 0;
  friend bool operator==(const CodePointRange&, const CodePointRange&) = default;
};

/// A set of code points of 0 to 10FFFF, surrogates included (java.util.regex sees unpaired ones).
///
/// Invariant: the ranges ascend, and between two of them at least one code point is missing.
class CodePointSet {
 public:
  CodePointSet() = default;
  /// Ranges in any order, which may overlap.
  explicit CodePointSet(std::span<const CodePointRange> ranges);

  [[nodiscard]] static CodePointSet of(char32_t code_point);
  [[nodiscard]] static CodePointSet of(char32_t first, char32_t last);
  [[nodiscard]] static CodePointSet all();

  [[nodiscard]] std::span<const CodePointRange> ranges() const { return ranges_; }
  [[nodiscard]] bool empty() const { return ranges_.empty(); }
  [[nodiscard]] bool contains(char32_t code_point) const;
  /// How many code points are in it.
  [[nodiscard]] std::size_t size() const;

  [[nodiscard]] CodePointSet complement() const;
  [[nodiscard]] CodePointSet unite(const CodePointSet& other) const;
  [[nodiscard]] CodePointSet intersect(const CodePointSet& other) const;
  [[nodiscard]] CodePointSet subtract(const CodePointSet& other) const;

  friend bool operator==(const CodePointSet&, const CodePointSet&) = default;

 private:
  std::vector<CodePointRange> ranges_;
};

}  // namespace core::unicode
