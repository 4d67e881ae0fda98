#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <cstdlib>

#include "bench/match/peer.h"

namespace match_peers {
namespace {

class Pcre2Scan final : public Engine {
 public:
  explicit Pcre2Scan(const std::vector<std::string>& patterns)
      : data_(pcre2_match_data_create(1, nullptr)) {
    for (const std::string& pattern : patterns) {
      int error = 0;
      PCRE2_SIZE offset = 0;
      codes_.push_back(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(pattern.data()), pattern.size(),
                                     PCRE2_ANCHORED | PCRE2_ENDANCHORED, &error, &offset, nullptr));
      if (codes_.back() == nullptr) std::abort();
      pcre2_jit_compile(codes_.back(), PCRE2_JIT_COMPLETE);
    }
  }
  ~Pcre2Scan() override {
    for (pcre2_code* code : codes_) pcre2_code_free(code);
    pcre2_match_data_free(data_);
  }
  Pcre2Scan(const Pcre2Scan&) = delete;
  Pcre2Scan& operator=(const Pcre2Scan&) = delete;

  long first_match(std::string_view path) override {
    for (std::size_t i = 0; i < codes_.size(); ++i) {
      const auto* subject = reinterpret_cast<PCRE2_SPTR>(path.data());
      if (pcre2_match(codes_[i], subject, path.size(), 0, PCRE2_NO_UTF_CHECK, data_, nullptr) >=
          0) {
        return static_cast<long>(i);
      }
    }
    return -1;
  }

 private:
  std::vector<pcre2_code*> codes_;
  pcre2_match_data* data_;
};

}  // namespace

std::unique_ptr<Engine> pcre2_scan(const std::vector<std::string>& patterns) {
  return std::make_unique<Pcre2Scan>(patterns);
}

}  // namespace match_peers
