#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "amqp/store/segment_format.h"
#include "core/files/files.h"

namespace amqp::store {

/// Octets of a segment that no record could be made of.
struct Damage {
  std::uint64_t segment = 0;
  std::uint64_t offset = 0;
  std::uint64_t octets = 0;
  std::string reason;
  bool tail = false;  // nothing valid comes behind it: what a crash leaves of the last writes
};

/// Reads the records of one segment in order, past whatever is damaged: behind a bad record it
/// looks at every multiple of 8 for the next one with a higher sequence.
///
/// Bounds  a window of kWindow octets, or one record if that is larger; while it looks forward in a
///         segment it computes checksums over at most kSearchMax octets, and then gives up.
class SegmentScanner {
 public:
  static constexpr std::size_t kWindow = std::size_t{1} << 20U;
  static constexpr std::uint64_t kSearchMax = std::uint64_t{256} << 20U;

  /// `file` outlives this.
  SegmentScanner(core::File& file, std::uint64_t number) : file_(file), number_(number) {}

  enum class Start : std::uint8_t {
    ready,
    empty,            // nothing was written to it: it was only created
    damaged,          // no header: damage() says so, there are no records
    unknown_version,  // to be left alone
  };
  [[nodiscard]] Start start();
  [[nodiscard]] const SegmentHeader& header() const { return header_; }

  /// The next valid record; nullopt at the end. Valid until the next call.
  [[nodiscard]] std::optional<RecordView> next();

  /// Whether every record from `sequence` to the one that `next` gave last is intact.
  [[nodiscard]] bool intact_since(std::uint64_t sequence) const {
    return sequence >= intact_since_;
  }
  [[nodiscard]] std::uint64_t last_sequence() const { return last_sequence_; }
  /// Behind the last valid record.
  [[nodiscard]] std::uint64_t end() const { return end_; }
  [[nodiscard]] std::uint64_t file_size() const { return size_; }
  [[nodiscard]] const std::vector<Damage>& damage() const { return damage_; }

 private:
  /// Octets of the file, `size` of them or up to its end.
  [[nodiscard]] core::Octets view(std::uint64_t offset, std::size_t size);
  [[nodiscard]] core::Result<RecordView, RecordFault> record_at(std::uint64_t offset);
  [[nodiscard]] RecordView accept(RecordView record);
  [[nodiscard]] bool only_zeros_from(std::uint64_t offset);
  [[nodiscard]] bool may_begin(std::uint64_t offset);
  /// The next valid record behind a bad one; nullopt when there is none.
  [[nodiscard]] std::optional<RecordView> search(std::uint64_t from);
  /// Where a record may begin next: the first aligned octets from `offset` on that are not zeros.
  [[nodiscard]] std::uint64_t skip_zeros(std::uint64_t offset);
  void add_damage(std::uint64_t offset, std::uint64_t end, const std::string& reason, bool tail);

  core::File& file_;
  const std::uint64_t number_;
  SegmentHeader header_;
  std::uint64_t size_ = 0;    // of the file
  std::uint64_t offset_ = 0;  // of the next record
  std::uint64_t end_ = 0;
  std::uint64_t last_sequence_ = 0;
  std::uint64_t intact_since_ = 0;
  std::uint64_t searched_ = 0;
  std::vector<std::byte> window_;
  std::uint64_t window_offset_ = 0;
  std::size_t window_size_ = 0;
  std::string read_error_;
  std::vector<Damage> damage_;
};

}  // namespace amqp::store
