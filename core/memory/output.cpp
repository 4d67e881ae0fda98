#include "core/memory/output.h"

#include <algorithm>
#include <utility>

#include "core/base/check.h"

namespace core {
namespace {

/// Whole things are dropped from the front of the vector at this many, or when none is left.
constexpr std::size_t kDropAt = 64;

iovec element(Octets octets) {
  return {const_cast<std::byte*>(octets.data()), octets.size()};  // writev reads only
}

}  // namespace

void Output::append(SharedBytes bytes) {
  if (bytes.size() <= kCopyMax) {
    tail().append(bytes.octets());
  } else {
    insert(std::move(bytes));
  }
}

void Output::append(const BytesView& bytes) {
  if (bytes.size() <= kCopyMax || bytes.block() == nullptr) {
    tail().append(bytes.octets());
  } else {
    insert(bytes.share());
  }
}

void Output::insert(SharedBytes bytes) {
  const std::size_t behind = small_.size() - placed_;
  placed_ += behind;
  large_size_ += bytes.size();
  large_.push_back({behind, std::move(bytes)});
}

std::size_t Output::gather(std::span<iovec> out) const {
  std::size_t used = 0;
  const auto add = [&](Octets octets) {
    if (!octets.empty() && used < out.size()) out[used++] = element(octets);
  };
  Octets small = small_.octets();
  std::size_t skip = front_offset_;
  for (std::size_t i = first_; i < large_.size() && used < out.size(); ++i) {
    const Large& large = large_[i];
    add(small.first(large.behind));
    small = small.subspan(large.behind);
    add(large.bytes.octets().subspan(skip));
    skip = 0;
  }
  add(small);
  return used;
}

void Output::consume(std::size_t size) {
  CORE_CHECK(size <= this->size());
  peak_ = std::max(peak_, small_.size());
  while (size > 0 && first_ < large_.size()) size -= consume_large(size);
  if (size > 0) small_.consume(size);
  if (empty()) rest();
}

/// Consumes of the first large thing and what is in front of it; gives how much.
std::size_t Output::consume_large(std::size_t size) {
  Large& large = large_[first_];
  const std::size_t of_small = std::min(size, large.behind);
  if (of_small > 0) small_.consume(of_small);
  large.behind -= of_small;
  placed_ -= of_small;
  const std::size_t left = large.bytes.size() - front_offset_;
  const std::size_t of_large = std::min(size - of_small, left);
  front_offset_ += of_large;
  large_size_ -= of_large;
  if (of_large < left) return of_small + of_large;

  front_offset_ = 0;
  large.bytes = {};
  if (++first_ >= kDropAt || first_ == large_.size()) {
    large_.erase(large_.begin(), large_.begin() + static_cast<std::ptrdiff_t>(first_));
    first_ = 0;
  }
  return of_small + of_large;
}

/// Everything is written: gives memory back that an idle connection shall not hold.
void Output::rest() {
  usual_ = std::exchange(peak_, 0);
  if (small_.capacity() > kIdleMax) small_.release();
  if (large_.capacity() * sizeof(Large) > kIdleMax) large_ = {};
}

void Output::clear() {
  large_.clear();
  small_.release();
  first_ = front_offset_ = large_size_ = placed_ = usual_ = peak_ = 0;
}

}  // namespace core
