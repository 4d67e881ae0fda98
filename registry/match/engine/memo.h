#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace registry::match::engine {

/// A set of small numbers that is emptied at once: a page is cleared when it is first written to.
class Memo {
 public:
  static constexpr std::uint32_t kBits = 1U << 24;  // 2 MiB, of which only used pages are touched

  /// Empties it; allocates at the first time.
  void clear() {
    if (words_ == nullptr) {
      words_.reset(new std::uint64_t[kBits / 64]);
      stamps_.assign(kBits >> kPageShift, 0);
    }
    if (++generation_ == 0) {
      std::ranges::fill(stamps_, 0U);
      generation_ = 1;
    }
  }

  [[nodiscard]] bool has(std::uint32_t bit) const {
    return stamps_[bit >> kPageShift] == generation_ && ((words_[bit >> 6] >> (bit & 63)) & 1) != 0;
  }

  void add(std::uint32_t bit) {
    open_page(bit >> kPageShift);
    words_[bit >> 6] |= std::uint64_t{1} << (bit & 63);
  }

  /// Both ends included.
  void add_range(std::uint32_t first, std::uint32_t last) {
    while (first <= last) {
      if ((first & 63) == 0 && last - first >= 63) {
        open_page(first >> kPageShift);
        words_[first >> 6] = ~std::uint64_t{0};
        first += 64;
      } else {
        add(first++);
      }
    }
  }

 private:
  static constexpr std::uint32_t kPageShift = 12;
  static constexpr std::uint32_t kPageWords = (1U << kPageShift) / 64;

  void open_page(std::uint32_t page) {
    if (stamps_[page] == generation_) return;
    std::fill_n(&words_[std::size_t{page} * kPageWords], kPageWords, std::uint64_t{0});
    stamps_[page] = generation_;
  }

  std::unique_ptr<std::uint64_t[]> words_;
  std::vector<std::uint32_t> stamps_;  // of each page: the generation that wrote to it
  std::uint32_t generation_ = 0;
};

}  // namespace registry::match::engine
