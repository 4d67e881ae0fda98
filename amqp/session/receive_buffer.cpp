#include "amqp/session/receive_buffer.h"

#include <algorithm>
#include <utility>

namespace amqp::session {

std::span<std::byte> ReceiveBuffer::space(std::size_t octets_max) {
  rest();
  if (buffer_.size() >= octets_max) return {};
  const std::size_t size = std::min(octets_max - buffer_.size(), read_size_);
  return buffer_.prepare(size).first(size);
}

void ReceiveBuffer::filled(std::size_t size) {
  buffer_.commit(size);
  if (size >= read_size_) {
    read_size_ = std::min(read_size_ * 2, kReadMax);
  } else if (size < read_size_ / 4) {
    read_size_ = std::max(read_size_ / 2, kReadMin);
  }
}

void ReceiveBuffer::rest() {
  if (used_ == 0) return;
  const std::size_t used = std::exchange(used_, 0);
  if (used == buffer_.size()) {
    buffer_.release();
  } else {
    buffer_.consume(used);
  }
}

}  // namespace amqp::session
