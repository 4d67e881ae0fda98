#include "core/memory/output.h"

#include "core/base/check.h"

namespace core {

Buffer& Output::tail() {
  if (parts_.empty() || !std::holds_alternative<Buffer>(parts_.back())) {
    parts_.emplace_back(Buffer{});
  }
  return std::get<Buffer>(parts_.back());
}

void Output::append(SharedBytes bytes) {
  if (bytes.size() <= kCopyMax) {
    tail().append(bytes.octets());
    return;
  }
  // The buffer before it is closed by this: its size no longer changes but by consume.
  if (!parts_.empty() && std::holds_alternative<Buffer>(parts_.back())) {
    shared_size_ += size_of(parts_.back());
  }
  shared_size_ += bytes.size();
  parts_.emplace_back(std::move(bytes));
}

void Output::append(const BytesView& bytes) {
  if (bytes.size() <= kCopyMax || bytes.block() == nullptr) {
    tail().append(bytes.octets());
  } else {
    append(bytes.share());
  }
}

std::size_t Output::size() const {
  if (parts_.empty()) return 0;
  const bool open_tail = std::holds_alternative<Buffer>(parts_.back());
  return shared_size_ + (open_tail ? size_of(parts_.back()) : 0);
}

std::size_t Output::gather(std::span<iovec> out) const {
  std::size_t used = 0;
  std::size_t skip = front_offset_;
  for (const Part& part : parts_) {
    if (used == out.size()) break;
    const Octets octets = octets_of(part).subspan(skip);
    skip = 0;
    if (octets.empty()) continue;
    out[used++] = iovec{const_cast<std::byte*>(octets.data()), octets.size()};  // writev reads only
  }
  return used;
}

void Output::consume(std::size_t size) {
  CORE_CHECK(size <= this->size());
  while (size > 0) {
    Part& front = parts_.front();
    const bool last = parts_.size() == 1;
    const bool counted = !(last && std::holds_alternative<Buffer>(front));
    const std::size_t left = size_of(front) - front_offset_;
    const std::size_t taken = size < left ? size : left;
    if (counted) shared_size_ -= taken;
    size -= taken;
    if (taken < left) {
      if (auto* buffer = std::get_if<Buffer>(&front)) {
        buffer->consume(taken);
      } else {
        front_offset_ += taken;
      }
      return;
    }
    front_offset_ = 0;
    if (last && std::holds_alternative<Buffer>(front)) {
      std::get<Buffer>(front).clear();  // its memory serves the next turn
      return;
    }
    parts_.pop_front();
  }
  // A buffer behind parts that are gone may be empty: it stays as the tail.
}

void Output::clear() {
  parts_.clear();
  front_offset_ = shared_size_ = 0;
}

std::size_t Output::size_of(const Part& part) {
  return std::visit([](const auto& held) { return held.size(); }, part);
}

Octets Output::octets_of(const Part& part) {
  return std::visit([](const auto& held) { return held.octets(); }, part);
}

}  // namespace core
