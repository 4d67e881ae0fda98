#include "tools/oriel/filter/pump.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

#include "registry/match/stream/stream.h"
#include "tools/oriel/settings/exit_codes.h"

namespace oriel::filter {
namespace {

using registry::match::stream::Stream;

constexpr std::size_t kReadOctets = 64 * 1024;
constexpr std::size_t kWriteOctets = 64 * 1024;  // answers that are gathered for one write

int failed(const char* what) {
  std::fprintf(stderr, "oriel: cannot %s: %s\n", what, std::strerror(errno));
  return kFailed;
}

bool write_all(int to, std::string_view text) {
  while (!text.empty()) {
    const ssize_t size = ::write(to, text.data(), text.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return false;
    text.remove_prefix(static_cast<std::size_t>(size));
  }
  return true;
}

/// Writes the answers to all questions that are there.
bool write_answers(Stream& stream, int to, std::string& out) {
  while (stream.next(out)) {
    if (out.size() < kWriteOctets) continue;
    if (!write_all(to, out)) return false;
    out.clear();
  }
  const bool written = write_all(to, out);
  out.clear();
  return written;
}

}  // namespace

int run_stream(int from, int to, std::uint64_t steps_max) {
  Stream stream{steps_max};
  std::vector<char> octets(kReadOctets);
  std::string out;
  while (true) {
    const ssize_t size = ::read(from, octets.data(), octets.size());
    if (size < 0 && errno == EINTR) continue;
    if (size < 0) return failed("read questions");
    if (size == 0) break;
    stream.feed({octets.data(), static_cast<std::size_t>(size)});
    if (!write_answers(stream, to, out)) return failed("write answers");
  }
  stream.finish();
  if (!write_answers(stream, to, out)) return failed("write answers");
  return stream.all_good() ? kOk : kBadConfig;
}

}  // namespace oriel::filter
