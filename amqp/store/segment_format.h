#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "amqp/port/message.h"
#include "amqp/store/message_log.h"
#include "core/base/octets.h"
#include "core/base/result.h"
#include "core/time/instant.h"

// The format of a message log, version 1. A log is a folder of segments; a segment is a file whose
// name is its number in 16 hexadecimal digits, and numbers only grow. All integers are
// little-endian.
//
//   segment  := header | header again | record*
//   header   := magic "orielLOG" | version u32 | shard u32 | segment u64 | first sequence u64 |
//               seed u64 | 20 zeros | crc32c u32 of the 60 octets before it
//   record   := length u32 | crc32c u32 | sequence u64 | kind u8 | flags u8 | body | 0 to 7 zeros
//
// A record begins at a multiple of 8; `length` counts from the record's first octet to the end of
// its body. The checksum is that of the segment's seed (8 octets), the length (4), and everything
// from the sequence to the end of the body: a record copied from elsewhere, or written by a client
// into a message's body, is not valid, for nobody outside knows the seed. Sequences only grow
// within a segment.
//
//   message   := priority u8 | exchange size u8 | routing key size u8 | 0 u8[3] | queue u64 |
//                position u64 | expires i64 | ttl i64 | properties size u32 | body size u32 |
//                exchange | routing key | properties | body
//                flags: 1 durable, 2 persistent, 4 maybe given out
//                expires in Unix milliseconds, 0: never; ttl in milliseconds, -1: none
//   settled   := 0 u8[6] | since u64 | (queue u64 | first position u64 | count u64)*
//                holds only if every record since the sequence `since` in this segment is intact:
//                what was appended before a settling must not be lost when the settling is not
//   forgotten := 0 u8[6] | queue u64
//   given out := 0 u8[6] | (queue u64 | up to position u64)*
//
// Behind the last record there is nothing, or zeros that were reserved. What a log says does not
// depend on the order of its records: a message lives if it is there, durable, and neither settled
// nor its queue forgotten anywhere. A segment may be removed when it is the oldest and each of its
// messages is settled or has been appended again in a younger one.
namespace amqp::store {

inline constexpr std::uint32_t kFormatVersion = 1;
inline constexpr std::size_t kSegmentHeaderSize = 64;
inline constexpr std::size_t kSegmentStart = 2 * kSegmentHeaderSize;  // of the first record
inline constexpr std::size_t kRecordHeadSize = 24;
inline constexpr std::size_t kMessageHeadSize = 64;  // so two messages never begin in 64 octets
inline constexpr std::size_t kSettledHeadSize = 32;
inline constexpr std::size_t kSettledRangeSize = 24;
inline constexpr std::size_t kForgottenSize = 32;
inline constexpr std::size_t kGivenOutSize = 16;
inline constexpr std::size_t kAlignment = 8;
inline constexpr std::size_t kRecordMax = std::size_t{1} << 31U;  // octets

[[nodiscard]] constexpr std::size_t aligned(std::size_t size) {
  return (size + kAlignment - 1) / kAlignment * kAlignment;
}

/// An unsigned integer in Intel's order, at any address.
template <typename T>
[[nodiscard]] inline T load_little(const std::byte* from) {
  std::uint64_t value = 0;
  for (std::size_t i = sizeof(T); i-- > 0;) {
    value = (value << 8U) | std::to_integer<std::uint64_t>(from[i]);
  }
  return static_cast<T>(value);
}
template <typename T>
inline void store_little(std::byte* to, T value) {
  auto rest = static_cast<std::uint64_t>(value);
  for (std::size_t i = 0; i < sizeof(T); ++i, rest >>= 8U) to[i] = static_cast<std::byte>(rest);
}

struct SegmentHeader {
  std::uint32_t shard = 0;
  std::uint64_t number = 0;
  std::uint64_t first_sequence = 0;
  std::uint64_t seed = 0;
  bool operator==(const SegmentHeader&) const = default;
};

/// Both copies.
[[nodiscard]] std::array<std::byte, kSegmentStart> encode_segment_header(
    const SegmentHeader& header);

enum class HeaderFault : std::uint8_t {
  unreadable,       // neither copy checks out
  unknown_version,  // written by a later oriel: to be left alone
};
[[nodiscard]] core::Result<SegmentHeader, HeaderFault> decode_segment_header(core::Octets start);

enum class RecordKind : std::uint8_t { message = 1, settled = 2, forgotten = 3, given_out = 4 };

/// A record in place. `octets` is all of it but the zeros behind; `size` counts these.
struct RecordView {
  RecordKind kind = RecordKind::message;
  std::uint64_t sequence = 0;
  std::uint32_t offset = 0;
  std::uint32_t size = 0;
  core::Octets octets;
};

enum class RecordFault : std::uint8_t {
  incomplete,  // it would go on behind the end
  length,      // no record is that long or short
  kind,        // unknown, or its body does not have that form
  checksum,
};
[[nodiscard]] const char* text_of(RecordFault fault);

/// What a record's first kRecordHeadSize octets say of its length; nullopt when no record begins
/// like that.
[[nodiscard]] std::optional<std::uint32_t> record_length(core::Octets head);
/// The record at the front of `octets`, which reach to its end or to that of the segment.
[[nodiscard]] core::Result<RecordView, RecordFault> decode_record(core::Octets octets,
                                                                  std::uint64_t seed);
/// The checksum that belongs into a record: `front` is its beginning, `rest` what follows
/// elsewhere.
[[nodiscard]] std::uint32_t record_checksum(core::Octets front, core::Octets rest,
                                            std::uint64_t seed);

/// What a message's record says beside the message.
struct MessageFacts {
  QueueKey queue;
  port::QueuePosition position;
  bool durable = false;
  bool maybe_given_out = false;
  std::optional<core::WallTime> expires;
};
struct MessageRecord {
  MessageFacts facts;
  port::MessageParts parts;  // in place; without mark and expires
};
[[nodiscard]] MessageFacts decode_message_facts(const RecordView& record);
[[nodiscard]] MessageRecord decode_message(const RecordView& record);
[[nodiscard]] std::size_t message_record_length(const port::Message& message);
/// Writes everything but the body and the checksum; `out` has room for that.
void encode_message_front(std::byte* out, std::uint64_t sequence, const MessageFacts& facts,
                          const port::Message& message);

/// `count` settled messages of a queue in a row.
struct SettledRange {
  QueueKey queue;
  std::uint64_t first = 0;
  std::uint64_t count = 0;
};
[[nodiscard]] std::uint64_t settled_since(const RecordView& record);
[[nodiscard]] std::size_t settled_count(const RecordView& record);
[[nodiscard]] SettledRange settled_range(const RecordView& record, std::size_t index);
void encode_settled(std::byte* out, std::uint64_t sequence, std::uint64_t since,
                    std::span<const SettledRange> ranges);

[[nodiscard]] QueueKey forgotten_queue(const RecordView& record);
void encode_forgotten(std::byte* out, std::uint64_t sequence, QueueKey queue);

struct GivenOut {
  QueueKey queue;
  port::QueuePosition up_to;
};
[[nodiscard]] std::size_t given_out_count(const RecordView& record);
[[nodiscard]] GivenOut given_out_entry(const RecordView& record, std::size_t index);
void encode_given_out(std::byte* out, std::uint64_t sequence, std::span<const GivenOut> entries);

}  // namespace amqp::store
