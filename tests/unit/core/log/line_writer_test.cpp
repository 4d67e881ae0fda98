#include "core/log/line_writer.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <future>
#include <string>

namespace core::log {
namespace {

struct Pipe {
  Pipe() { EXPECT_EQ(::pipe(ends.data()), 0); }
  ~Pipe() { ::close(ends[0]); }
  void close_writing() { ::close(ends[1]); }
  /// Everything until the writing end is closed.
  std::string read_all() {
    std::string all;
    std::array<char, 4096> some{};
    for (ssize_t got = 1; got > 0;) {
      got = ::read(ends[0], some.data(), some.size());
      if (got > 0) all.append(some.data(), static_cast<std::size_t>(got));
    }
    return all;
  }
  std::array<int, 2> ends{};
};

TEST(LineWriter, WritesWhatWaitsBeforeItEnds) {
  Pipe pipe;
  {
    LineWriter writer{pipe.ends[1]};
    EXPECT_TRUE(writer.add("one"));
    EXPECT_TRUE(writer.add("two"));
  }
  pipe.close_writing();
  EXPECT_EQ(pipe.read_all(), "one\ntwo\n");
}

TEST(LineWriter, DropsAndCountsWhatDoesNotFitWhileNobodyReads) {
  Pipe pipe;
  std::future<std::string> reader;
  std::uint64_t kept = 0;
  {
    LineWriter writer{pipe.ends[1]};
    const std::string line(1023, 'x');
    std::uint64_t refused = 0;
    // The pipe and the writer's buffer fill up; then lines wait, up to their bound.
    for (int i = 0; i < 4096; ++i) ++(writer.add(line) ? kept : refused);
    EXPECT_GT(refused, 0U);
    EXPECT_GE(kept, LineWriter::kWaitingOctetsMax / 1024 - 1);
    EXPECT_EQ(writer.take_dropped(), refused);
    EXPECT_EQ(writer.take_dropped(), 0U);
    reader = std::async(std::launch::async, [&] { return pipe.read_all(); });
  }
  pipe.close_writing();
  EXPECT_EQ(reader.get().size(), kept * 1024);
}

}  // namespace
}  // namespace core::log
