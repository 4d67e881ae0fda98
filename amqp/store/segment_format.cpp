#include "amqp/store/segment_format.h"

#include <algorithm>
#include <cstring>

#include "core/base/check.h"
#include "core/files/crc32c.h"

namespace amqp::store {
namespace {

constexpr std::string_view kMagic = "orielLOG";
constexpr std::size_t kHeaderCrcAt = kSegmentHeaderSize - 4;
constexpr std::size_t kReservedAt = 18;  // octets of a record's head that are zero but in messages

constexpr unsigned kDurable = 1;  // flags of messages
constexpr unsigned kPersistent = 2;
constexpr unsigned kMaybeGivenOut = 4;

std::uint8_t octet_at(core::Octets octets, std::size_t at) {
  return std::to_integer<std::uint8_t>(octets[at]);
}
std::uint64_t u64_at(core::Octets octets, std::size_t at) {
  return load_little<std::uint64_t>(octets.data() + at);
}
std::uint32_t u32_at(core::Octets octets, std::size_t at) {
  return load_little<std::uint32_t>(octets.data() + at);
}

bool known(std::uint8_t kind) { return kind >= 1 && kind <= 4; }

/// Whether a record of this kind can have this length, for messages given what they say themselves.
bool well_formed(core::Octets record) {
  const std::size_t length = record.size();
  switch (static_cast<RecordKind>(octet_at(record, 16))) {
    case RecordKind::message:
      return length >= kMessageHeadSize &&
             length == kMessageHeadSize + octet_at(record, 19) + octet_at(record, 20) +
                           std::uint64_t{u32_at(record, 56)} + u32_at(record, 60);
    case RecordKind::settled:
      return length >= kSettledHeadSize && (length - kSettledHeadSize) % kSettledRangeSize == 0;
    case RecordKind::forgotten:
      return length == kForgottenSize;
    case RecordKind::given_out:
      return (length - kRecordHeadSize) % kGivenOutSize == 0;
  }
  return false;
}

void encode_head(std::byte* out, std::size_t length, std::uint64_t sequence, RecordKind kind) {
  std::memset(out, 0, kRecordHeadSize);
  store_little(out, static_cast<std::uint32_t>(length));
  store_little(out + 8, sequence);
  out[16] = static_cast<std::byte>(kind);
}

std::byte* put(std::byte* out, core::Octets octets) {
  if (!octets.empty()) std::memcpy(out, octets.data(), octets.size());
  return out + octets.size();
}

}  // namespace

const char* text_of(RecordFault fault) {
  switch (fault) {
    case RecordFault::incomplete:
      return "incomplete";
    case RecordFault::length:
      return "impossible length";
    case RecordFault::kind:
      return "unknown kind or form";
    case RecordFault::checksum:
      return "checksum mismatch";
  }
  return "damaged";
}

std::array<std::byte, kSegmentStart> encode_segment_header(const SegmentHeader& header) {
  std::array<std::byte, kSegmentStart> out{};
  std::memcpy(out.data(), kMagic.data(), kMagic.size());
  store_little(out.data() + 8, kFormatVersion);
  store_little(out.data() + 12, header.shard);
  store_little(out.data() + 16, header.number);
  store_little(out.data() + 24, header.first_sequence);
  store_little(out.data() + 32, header.seed);
  store_little(out.data() + kHeaderCrcAt, core::crc32c({out.data(), kHeaderCrcAt}));
  std::copy_n(out.begin(), kSegmentHeaderSize, out.begin() + kSegmentHeaderSize);
  return out;
}

core::Result<SegmentHeader, HeaderFault> decode_segment_header(core::Octets start) {
  for (std::size_t at = 0; at + kSegmentHeaderSize <= std::min(start.size(), kSegmentStart);
       at += kSegmentHeaderSize) {
    const core::Octets copy = start.subspan(at, kSegmentHeaderSize);
    if (core::text_of(copy.first(kMagic.size())) != kMagic) continue;
    if (u32_at(copy, kHeaderCrcAt) != core::crc32c(copy.first(kHeaderCrcAt))) continue;
    if (u32_at(copy, 8) != kFormatVersion) return core::Unexpected{HeaderFault::unknown_version};
    return SegmentHeader{u32_at(copy, 12), u64_at(copy, 16), u64_at(copy, 24), u64_at(copy, 32)};
  }
  return core::Unexpected{HeaderFault::unreadable};
}

std::optional<std::uint32_t> record_length(core::Octets head) {
  const std::uint32_t length = u32_at(head, 0);
  if (length < kRecordHeadSize || length > kRecordMax || !known(octet_at(head, 16))) {
    return std::nullopt;
  }
  const bool message = octet_at(head, 16) == static_cast<std::uint8_t>(RecordKind::message);
  for (std::size_t at = message ? 21 : kReservedAt; at < kRecordHeadSize; ++at) {
    if (head[at] != std::byte{0}) return std::nullopt;
  }
  return length;
}

core::Result<RecordView, RecordFault> decode_record(core::Octets octets, std::uint64_t seed) {
  if (octets.size() < kRecordHeadSize) return core::Unexpected{RecordFault::incomplete};
  const auto length = record_length(octets);
  if (!length) {
    return core::Unexpected{known(octet_at(octets, 16)) ? RecordFault::length : RecordFault::kind};
  }
  if (*length > octets.size()) return core::Unexpected{RecordFault::incomplete};
  const core::Octets record = octets.first(*length);
  if (u32_at(record, 4) != record_checksum(record, {}, seed)) {
    return core::Unexpected{RecordFault::checksum};
  }
  if (!well_formed(record)) return core::Unexpected{RecordFault::kind};
  return RecordView{static_cast<RecordKind>(octet_at(record, 16)), u64_at(record, 8), 0,
                    static_cast<std::uint32_t>(aligned(*length)), record};
}

std::uint32_t record_checksum(core::Octets front, core::Octets rest, std::uint64_t seed) {
  std::array<std::byte, 12> start;
  store_little(start.data(), seed);
  std::memcpy(start.data() + 8, front.data(), 4);
  return core::crc32c(rest, core::crc32c(front.subspan(8), core::crc32c(start)));
}

MessageFacts decode_message_facts(const RecordView& record) {
  const core::Octets octets = record.octets;
  const std::uint8_t flags = octet_at(octets, 17);
  MessageFacts facts;
  facts.queue = QueueKey{u64_at(octets, 24)};
  facts.position = port::QueuePosition{u64_at(octets, 32)};
  facts.durable = (flags & kDurable) != 0;
  facts.maybe_given_out = (flags & kMaybeGivenOut) != 0;
  const auto expires = static_cast<std::int64_t>(u64_at(octets, 40));
  if (expires != 0) facts.expires = core::WallTime{std::chrono::milliseconds{expires}};
  return facts;
}

MessageRecord decode_message(const RecordView& record) {
  const core::Octets octets = record.octets;
  const std::size_t exchange = octet_at(octets, 19);
  const std::size_t key = octet_at(octets, 20);
  const std::size_t properties = u32_at(octets, 56);
  MessageRecord decoded{decode_message_facts(record), {}};
  port::MessageParts& parts = decoded.parts;
  core::Octets rest = octets.subspan(kMessageHeadSize);
  const auto take = [&rest](std::size_t size) {
    const core::Octets part = rest.first(size);
    rest = rest.subspan(size);
    return part;
  };
  parts.exchange = core::text_of(take(exchange));
  parts.routing_key = core::text_of(take(key));
  parts.properties = take(properties);
  parts.body = rest;
  parts.traits.persistent = (octet_at(octets, 17) & kPersistent) != 0;
  parts.traits.priority = octet_at(octets, 18);
  const auto ttl = static_cast<std::int64_t>(u64_at(octets, 48));
  constexpr std::chrono::milliseconds kLongest =
      std::chrono::duration_cast<std::chrono::milliseconds>(core::Duration::max());
  if (ttl >= 0) parts.traits.ttl = std::min(std::chrono::milliseconds{ttl}, kLongest);
  return decoded;
}

std::size_t message_record_length(const port::Message& message) {
  return kMessageHeadSize + message.exchange.size() + message.routing_key.size() +
         message.properties.size() + message.body.size();
}

void encode_message_front(std::byte* out, std::uint64_t sequence, const MessageFacts& facts,
                          const port::Message& message) {
  using std::chrono::milliseconds;
  const std::size_t length = message_record_length(message);
  CORE_CHECK(message.exchange.size() <= 255 && message.routing_key.size() <= 255);
  CORE_CHECK(length <= kRecordMax);
  encode_head(out, length, sequence, RecordKind::message);
  out[17] = static_cast<std::byte>((facts.durable ? kDurable : 0U) |
                                   (message.traits.persistent ? kPersistent : 0U) |
                                   (facts.maybe_given_out ? kMaybeGivenOut : 0U));
  out[18] = static_cast<std::byte>(message.traits.priority);
  out[19] = static_cast<std::byte>(message.exchange.size());
  out[20] = static_cast<std::byte>(message.routing_key.size());
  store_little(out + 24, facts.queue.value());
  store_little(out + 32, facts.position.value());
  store_little(out + 40, facts.expires ? facts.expires->time_since_epoch().count() : 0);
  store_little(out + 48, message.traits.ttl
                             ? std::chrono::duration_cast<milliseconds>(*message.traits.ttl).count()
                             : -1);
  store_little(out + 56, static_cast<std::uint32_t>(message.properties.size()));
  store_little(out + 60, static_cast<std::uint32_t>(message.body.size()));
  out = put(out + kMessageHeadSize, core::octets_of(message.exchange));
  out = put(out, core::octets_of(message.routing_key));
  put(out, message.properties.octets());
}

std::uint64_t settled_since(const RecordView& record) { return u64_at(record.octets, 24); }

std::size_t settled_count(const RecordView& record) {
  return (record.octets.size() - kSettledHeadSize) / kSettledRangeSize;
}

SettledRange settled_range(const RecordView& record, std::size_t index) {
  const std::size_t at = kSettledHeadSize + index * kSettledRangeSize;
  return {QueueKey{u64_at(record.octets, at)}, u64_at(record.octets, at + 8),
          u64_at(record.octets, at + 16)};
}

void encode_settled(std::byte* out, std::uint64_t sequence, std::uint64_t since,
                    std::span<const SettledRange> ranges) {
  encode_head(out, kSettledHeadSize + ranges.size() * kSettledRangeSize, sequence,
              RecordKind::settled);
  store_little(out + 24, since);
  out += kSettledHeadSize;
  for (const SettledRange& range : ranges) {
    store_little(out, range.queue.value());
    store_little(out + 8, range.first);
    store_little(out + 16, range.count);
    out += kSettledRangeSize;
  }
}

QueueKey forgotten_queue(const RecordView& record) { return QueueKey{u64_at(record.octets, 24)}; }

void encode_forgotten(std::byte* out, std::uint64_t sequence, QueueKey queue) {
  encode_head(out, kForgottenSize, sequence, RecordKind::forgotten);
  store_little(out + kRecordHeadSize, queue.value());
}

std::size_t given_out_count(const RecordView& record) {
  return (record.octets.size() - kRecordHeadSize) / kGivenOutSize;
}

GivenOut given_out_entry(const RecordView& record, std::size_t index) {
  const std::size_t at = kRecordHeadSize + index * kGivenOutSize;
  return {QueueKey{u64_at(record.octets, at)}, port::QueuePosition{u64_at(record.octets, at + 8)}};
}

void encode_given_out(std::byte* out, std::uint64_t sequence, std::span<const GivenOut> entries) {
  encode_head(out, kRecordHeadSize + entries.size() * kGivenOutSize, sequence,
              RecordKind::given_out);
  out += kRecordHeadSize;
  for (const GivenOut& entry : entries) {
    store_little(out, entry.queue.value());
    store_little(out + 8, entry.up_to.value());
    out += kGivenOutSize;
  }
}

}  // namespace amqp::store
