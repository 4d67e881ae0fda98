#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <system_error>
#include <vector>

#include "amqp/store/log_batch.h"
#include "amqp/store/segment_scanner.h"
#include "core/files/files.h"

namespace amqp::store {

/// The name of a segment's file, and the number that a name says; nullopt for other files.
[[nodiscard]] std::string segment_name(std::uint64_t number);
[[nodiscard]] std::optional<std::uint64_t> segment_number(std::string_view name);

/// What became of a batch.
struct WriteOutcome {
  enum class Step : std::uint8_t {
    done,
    create,  // the next segment could not be made
    write,   // may be tried again in the same place
    sync,    // what the segment holds behind the last good sync is unknown from now on
  };
  Step step = Step::done;
  std::uint64_t segment = 0;   // where it failed
  std::size_t parts_done = 0;  // are on disk
  std::error_code error;
  std::error_code close_error;  // a complete segment keeps its reserved zeros: costs space only
  std::optional<std::uint64_t> free_octets;  // if it was asked for
};

/// A record that could not be read.
struct ReadFailure {
  LogPlace place;
  std::error_code error;  // none: what was read does not check out
};
struct ReadOutcome {
  std::vector<port::MessagePtr> messages;  // null where it failed
  std::vector<ReadFailure> failures;
};

/// A message's record as it was found in a segment.
struct FoundMessage {
  MessageFacts facts;
  LogPlace place;
  port::MessagePtr message;
};
struct ScanStep {
  std::vector<FoundMessage> found;
  std::vector<Damage> damage;  // told once, with the last step
  bool at_end = false;
};

/// The blocking half of a segment log: all its calls are made on one lane, one after the other.
///
/// Bounds  kOpenMax files kept open; reads gather at most MessageLog::kReadAheadMax octets at once,
///         or one record.
class LogDisk {
 public:
  static constexpr std::size_t kOpenMax = 16;

  /// `seed` makes the segments' seeds: nobody who can put messages into the log may know it.
  LogDisk(core::Files& files, std::string folder, std::uint32_t shard, std::uint64_t seed);

  /// Completes the records with their checksums, writes and syncs them. Each segment that the batch
  /// touches is synced before the next one is written. Begins with the first part not done.
  [[nodiscard]] WriteOutcome write(LogBatch& batch, bool look_at_space);
  [[nodiscard]] ReadOutcome read(std::span<const LogPlace> places);
  /// Returns when the file is gone for good; one that is not there is fine.
  [[nodiscard]] std::error_code remove(std::uint64_t segment);
  /// Gives back the zeros reserved behind `size`.
  [[nodiscard]] std::error_code cut(std::uint64_t segment, std::uint64_t size);
  /// The next messages of a segment, about `octets_max` of them, from its beginning on when it is
  /// another segment than the last time.
  [[nodiscard]] ScanStep scan(std::uint64_t segment, std::size_t octets_max);
  [[nodiscard]] core::FileResult<std::uint64_t> free_octets() {
    return files_.free_octets(folder_);
  }

 private:
  struct Open {
    std::uint64_t segment = 0;
    std::uint64_t seed = 0;
    std::unique_ptr<core::File> file;
  };
  struct Scan {
    std::uint64_t segment = 0;
    std::unique_ptr<core::File> file;
    std::unique_ptr<SegmentScanner> scanner;
  };

  [[nodiscard]] std::string path(std::uint64_t segment) const;
  [[nodiscard]] std::uint64_t seed_of(std::uint64_t segment) const;
  Open& keep(Open open);
  void close(std::uint64_t segment);
  [[nodiscard]] core::FileResult<Open*> open(std::uint64_t segment);
  [[nodiscard]] core::FileResult<Open*> create(const LogBatch::Part& part);
  [[nodiscard]] WriteOutcome write_part(LogBatch& batch, std::size_t index);
  void gather(LogBatch& batch, std::size_t first, std::size_t last, std::uint64_t seed);
  /// Reads `places`, which lie near each other in one segment.
  void read_near(std::span<const LogPlace> places, ReadOutcome& outcome);

  core::Files& files_;
  const std::string folder_;
  const std::uint32_t shard_;
  const std::uint64_t seed_;
  std::vector<Open> open_;  // the most recently used last
  std::vector<core::Octets> slices_;
  std::vector<std::byte> buffer_;
  Scan scan_;
};

}  // namespace amqp::store
