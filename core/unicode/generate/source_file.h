#pragma once

#include <filesystem>
#include <fstream>
#include <string>

namespace core::unicode::generate {

/// A generated C++ file. Elements are written in their decimal form, in lines of a fair length.
class SourceFile {
 public:
  explicit SourceFile(const std::filesystem::path& path);

  /// Opens `constexpr TYPE kNAME[] = {`.
  void begin_array(const std::string& type, const std::string& name);
  void element(const std::string& text);
  /// Closes the array, and defines `std::span<const TYPE> FUNCTION()`, which gives it.
  void end_array(const std::string& function);

  /// Defines `std::size_t FUNCTION()`.
  void constant(const std::string& function, std::size_t value);

  /// Ends the file. Throws std::runtime_error when it cannot be written.
  void finish();

 private:
  std::filesystem::path path_;
  std::ofstream output_;
  std::string type_;
  std::string array_;
  std::size_t column_ = 0;
};

}  // namespace core::unicode::generate
