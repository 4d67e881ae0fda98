#include "bench/broker/link.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>
#include <utility>

namespace broker_bench {
namespace {

[[noreturn]] void fail(const std::string& act) {
  throw std::runtime_error{act + ": " + std::strerror(errno)};
}

int to_poll_timeout(Time until) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(until - Clock::now()).count();
  return static_cast<int>(std::clamp<long>(static_cast<long>(left), 0, 60'000));
}

}  // namespace

Link::Link(std::uint16_t port) : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    fail("connect to port " + std::to_string(port));
  }
  const int on = 1;
  ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ::fcntl(descriptor_, F_SETFL, O_NONBLOCK);
}

Link::Link(Link&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      input_(std::move(other.input_)),
      begin_(other.begin_),
      end_(other.end_),
      output_(std::move(other.output_)),
      sent_(other.sent_),
      blocked_(other.blocked_) {}

Link::~Link() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool Link::receive() {
  if (begin_ > 0) {
    std::memmove(input_.data(), input_.data() + begin_, end_ - begin_);
    end_ -= std::exchange(begin_, 0);
  }
  if (input_.size() - end_ < kReadMax) input_.resize(end_ + kReadMax);
  const ssize_t size = ::recv(descriptor_, input_.data() + end_, kReadMax, 0);
  if (size < 0 && errno == EAGAIN) return false;
  if (size == 0) throw std::runtime_error{"the broker closed the connection"};
  if (size < 0) fail("receive");
  end_ += static_cast<std::size_t>(size);
  return true;
}

void Link::await() {
  const Time until = Clock::now() + std::chrono::seconds{60};
  while (!receive()) {
    flush();
    wait_for({this}, until);
    if (Clock::now() >= until) throw std::runtime_error{"no answer in a minute"};
  }
}

std::size_t Link::write(std::string_view octets) {
  const ssize_t size = ::send(descriptor_, octets.data(), octets.size(), MSG_NOSIGNAL);
  blocked_ = size < 0 ? errno == EAGAIN : static_cast<std::size_t>(size) < octets.size();
  if (size < 0 && errno != EAGAIN) fail("send");
  return size < 0 ? 0 : static_cast<std::size_t>(size);
}

void Link::flush() {
  if (sent_ < output_.size()) sent_ += write(std::string_view{output_}.substr(sent_));
  if (sent_ < output_.size()) return;
  output_.clear();
  sent_ = 0;
}

void wait_for(std::initializer_list<const Link*> links, Time until) {
  std::array<pollfd, 4> polled{};
  std::size_t count = 0;
  for (const Link* link : links) {
    const int events = POLLIN | (link->blocked() ? POLLOUT : 0);
    polled[count++] = {link->descriptor(), static_cast<short>(events), 0};
  }
  ::poll(polled.data(), count, to_poll_timeout(until));
}

Repeater::Repeater(std::string_view unit) : size_(unit.size()) {
  do batch_ += unit;
  while (batch_.size() + size_ <= kBatch);
}

void Repeater::write(Link& link, std::uint64_t total) {
  for (const std::uint64_t end = total * size_; position_ < end;) {
    const auto offset = static_cast<std::size_t>(position_ % size_);
    const auto size = std::min<std::uint64_t>(end - position_, batch_.size() - offset);
    position_ += link.write(std::string_view{batch_}.substr(offset, size));
    if (link.blocked()) return;
  }
}

}  // namespace broker_bench
