#include "core/log/line_writer.h"

#include <pthread.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace core::log {
namespace {

/// What cannot be written is lost: there is nobody left to tell.
void write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

/// A buffer that has grown with a burst is not kept for the next one.
constexpr std::size_t kKeptOctetsMax = std::size_t{64} << 10U;

}  // namespace

LineWriter::LineWriter(int descriptor) : descriptor_(descriptor), thread_([this] { run(); }) {}

LineWriter::~LineWriter() {
  {
    const std::lock_guard lock{mutex_};
    stopping_ = true;
  }
  something_.notify_one();
  thread_.join();
}

bool LineWriter::add(std::string_view line) {
  bool first = false;
  {
    const std::lock_guard lock{mutex_};
    if (waiting_.size() + line.size() >= kWaitingOctetsMax) {
      ++dropped_;
      return false;
    }
    first = waiting_.empty();
    waiting_.append(line).push_back('\n');
  }
  if (first) something_.notify_one();
  return true;
}

std::uint64_t LineWriter::take_dropped() {
  const std::lock_guard lock{mutex_};
  return std::exchange(dropped_, 0);
}

void LineWriter::run() {
  ::pthread_setname_np(::pthread_self(), "log");
  std::string taken;
  while (true) {
    {
      std::unique_lock lock{mutex_};
      something_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
      std::swap(taken, waiting_);
    }
    write_all(descriptor_, taken);
    taken.clear();
    if (taken.capacity() > kKeptOctetsMax) taken.shrink_to_fit();
  }
}

}  // namespace core::log
