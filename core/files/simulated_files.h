#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/files/files.h"

namespace core {

/// A disk for tests and the simulator. It keeps what was synced apart from what was only written,
/// and can lose the latter at any moment, fill up, fail and flip bits. One thread.
///
/// What survives `crash`: of a file's content what was synced, then a prefix of the later writes in
/// their order, the last of these cut at any octet; of a file's name what sync_folder saw. A name
/// that was created or removed since survives or not by the toss of a coin, each file by itself.
/// What truncate and reserve did survives as if it had been synced.
class SimulatedFiles final : public Files {
 public:
  static constexpr std::uint64_t kUnlimited = UINT64_MAX;
  /// Gives a number below its argument, which is at least 1. Its seed is the test's business.
  using Random = std::function<std::uint64_t(std::uint64_t)>;

  /// All files together may not be larger; reserved octets count. May be below what is there.
  void set_capacity(std::uint64_t octets) { capacity_ = octets; }
  /// The n-th write from now fails with `error` after a part of it was written; 1 is the next one.
  void fail_write(std::uint64_t nth, std::error_code error) { write_failure_ = {nth, error}; }
  /// The n-th sync from now fails, and drops what it was to sync: later reads and syncs do not see
  /// it.
  void fail_sync(std::uint64_t nth, std::error_code error) { sync_failure_ = {nth, error}; }
  void set_reserves(bool can) { reserves_ = can; }

  /// After so many more calls that change something (write, sync, remove, ...) the machine is dead:
  /// each later one fails with EIO and does nothing, until `crash` brings it up again. 0: the next.
  void die_after(std::uint64_t changes) { changes_left_ = changes; }
  [[nodiscard]] bool dead() const { return changes_left_ == 0; }
  [[nodiscard]] std::uint64_t changes() const { return changes_; }  ///< Such calls until now.

  /// The machine goes down and comes up again. Files that were open are of no more use.
  void crash(const Random& random);
  void flip_bit(const std::string& path, std::uint64_t octet, unsigned bit);

  [[nodiscard]] std::uint64_t used_octets() const;
  [[nodiscard]] std::uint64_t syncs() const { return syncs_; }
  [[nodiscard]] std::string content(const std::string& path) const;  ///< As read() would see it.
  void put(const std::string& path, std::string content);            ///< A whole file, synced.

  [[nodiscard]] FileResult<std::unique_ptr<File>> open(const std::string& path,
                                                       OpenMode mode) override;
  [[nodiscard]] FileResult<std::vector<std::string>> list(const std::string& folder) override;
  [[nodiscard]] std::error_code make_folder(const std::string& folder) override;
  [[nodiscard]] std::error_code remove(const std::string& path) override;
  [[nodiscard]] std::error_code sync_folder(const std::string& folder) override;
  [[nodiscard]] FileResult<std::uint64_t> free_octets(const std::string& folder) override;

 private:
  friend class SimulatedFile;
  struct Write {
    std::uint64_t offset = 0;
    std::string octets;
  };
  struct Content {
    std::string synced;
    std::string written;              // with all that came after
    std::vector<Write> since_synced;  // what makes `written` of `synced`
  };
  using ContentPtr = std::shared_ptr<Content>;
  struct Failure {
    std::uint64_t nth = 0;  // 0: none
    std::error_code error;
  };

  [[nodiscard]] bool change();  // false when the machine is dead
  static std::error_code come_due(Failure& failure);
  static void apply(std::string& content, const Write& write);
  void keep_some_writes(Content& content, const Random& random) const;

  std::map<std::string, ContentPtr> names_;         // as the process sees them
  std::map<std::string, ContentPtr> synced_names_;  // as a crash would leave them
  std::map<std::string, bool> folders_;
  std::uint64_t capacity_ = kUnlimited;
  Failure write_failure_;
  Failure sync_failure_;
  bool reserves_ = true;
  std::uint64_t changes_left_ = kUnlimited;
  std::uint64_t changes_ = 0;
  std::uint64_t syncs_ = 0;
};

}  // namespace core
