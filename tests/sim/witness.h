#pragma once

#include <string>
#include <utility>

namespace sim {

/// Keeps the first thing that went wrong; what follows from it is not worth a word.
class Witness {
 public:
  void expect(bool holds, const char* rule, const std::string& about = {}) {
    if (!holds && fault_.empty()) fault_ = std::string{rule} + (about.empty() ? "" : ": ") + about;
  }
  [[nodiscard]] bool content() const { return fault_.empty(); }
  [[nodiscard]] const std::string& fault() const { return fault_; }

 private:
  std::string fault_;
};

}  // namespace sim
