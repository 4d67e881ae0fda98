#pragma once

#include <cstddef>
#include <utility>
#include <vector>

namespace amqp::broker {

/// Values in a row, taken from the front in the order they came. Keeps its memory, so a steady
/// stream allocates nothing; more than kKept places are given back when the last value leaves.
template <typename T>
class Fifo {
 public:
  static constexpr std::size_t kKept = 1024;

  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] T& front() { return places_[first_]; }
  [[nodiscard]] const T& front() const { return places_[first_]; }
  [[nodiscard]] T& back() { return at(size_ - 1); }
  [[nodiscard]] T& at(std::size_t index) { return places_[(first_ + index) & mask()]; }
  [[nodiscard]] const T& at(std::size_t index) const { return places_[(first_ + index) & mask()]; }

  void push_back(T value) {
    if (size_ == places_.size()) grow();
    places_[(first_ + size_) & mask()] = std::move(value);
    ++size_;
  }
  void pop_front() {
    first_ = (first_ + 1) & mask();
    if (--size_ == 0 && places_.size() > kKept) clear();
  }
  void clear() {
    places_ = {};
    first_ = size_ = 0;
  }

 private:
  [[nodiscard]] std::size_t mask() const { return places_.size() - 1; }
  void grow() {
    std::vector<T> larger(places_.empty() ? 4 : places_.size() * 2);
    for (std::size_t i = 0; i < size_; ++i) larger[i] = std::move(at(i));
    places_ = std::move(larger);
    first_ = 0;
  }

  std::vector<T> places_;  // their number is a power of two, or none
  std::size_t first_ = 0;
  std::size_t size_ = 0;
};

}  // namespace amqp::broker
