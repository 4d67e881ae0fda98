#pragma once

#include "core/files/files.h"

namespace core {

/// The files of the machine. Keeps nothing between calls.
class PosixFiles final : public Files {
 public:
  [[nodiscard]] FileResult<std::unique_ptr<File>> open(const std::string& path,
                                                       OpenMode mode) override;
  [[nodiscard]] FileResult<std::vector<std::string>> list(const std::string& folder) override;
  [[nodiscard]] std::error_code make_folder(const std::string& folder) override;
  [[nodiscard]] std::error_code remove(const std::string& path) override;
  [[nodiscard]] std::error_code sync_folder(const std::string& folder) override;
  [[nodiscard]] FileResult<std::uint64_t> free_octets(const std::string& folder) override;
};

}  // namespace core
