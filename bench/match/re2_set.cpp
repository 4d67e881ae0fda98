#include <re2/set.h>

#include <algorithm>
#include <cstdlib>

#include "bench/match/peer.h"

namespace match_peers {
namespace {

class Re2Set final : public Engine {
 public:
  explicit Re2Set(const std::vector<std::string>& patterns) : set_(options(), RE2::ANCHOR_BOTH) {
    for (const std::string& pattern : patterns) {
      if (set_.Add(pattern, nullptr) < 0) std::abort();
    }
    if (!set_.Compile()) std::abort();
  }

  long first_match(std::string_view path) override {
    found_.clear();
    if (!set_.Match(re2::StringPiece{path.data(), path.size()}, &found_)) return -1;
    return *std::min_element(found_.begin(), found_.end());
  }

 private:
  static RE2::Options options() {
    constexpr std::int64_t kMemory = std::int64_t{1} << 30;
    RE2::Options made;
    made.set_max_mem(kMemory);
    return made;
  }

  RE2::Set set_;
  std::vector<int> found_;
};

}  // namespace

std::unique_ptr<Engine> re2_set(const std::vector<std::string>& patterns) {
  return std::make_unique<Re2Set>(patterns);
}

}  // namespace match_peers
