#include "tools/oriel/bench/progress.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>

namespace oriel::bench {
namespace {
constexpr int kBarColumns = 30;
constexpr const char* kClearLine = "\r\x1b[K";
}  // namespace

Progress::Progress(int measurements)
    : terminal_(::isatty(STDERR_FILENO) != 0), measurements_(measurements) {}

void Progress::begin(const std::string& what) {
  what_ = what;
  ++begun_;
  if (terminal_) {
    draw(0);
  } else {
    std::fprintf(stderr, "bench: %d of %d: %s\n", begun_, measurements_, what_.c_str());
  }
}

void Progress::at(double done) {
  if (terminal_) draw(done);
}

void Progress::end() {
  if (terminal_) std::fputs(kClearLine, stderr);
}

void Progress::draw(double done) const {
  const double whole = (begun_ - 1 + done) / measurements_;
  std::fprintf(stderr, "%s%s %3.0f %%  %s", kClearLine, bar(whole, kBarColumns).c_str(),
               whole * 100, what_.c_str());
  std::fflush(stderr);
}

std::string bar(double done, int columns) {
  const int filled = std::clamp(static_cast<int>(done * columns), 0, columns);
  return "[" + std::string(static_cast<std::size_t>(filled), '#') +
         std::string(static_cast<std::size_t>(columns - filled), '.') + "]";
}

}  // namespace oriel::bench
