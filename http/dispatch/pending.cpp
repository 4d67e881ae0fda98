#include "http/dispatch/pending.h"

#include <algorithm>
#include <bit>
#include <charconv>

#include "core/base/check.h"
#include "core/base/random.h"

namespace http::dispatch {
namespace {

constexpr std::size_t kNonceDigits = 16;  // of each half
constexpr core::StageRecord::Generation kGenerationMask = 0x0FFF;

void append_hex(std::string& out, std::uint64_t value) {
  constexpr std::string_view kHex = "0123456789abcdef";
  for (int shift = 60; shift >= 0; shift -= 4) out.push_back(kHex[(value >> shift) & 15U]);
}

/// Reads a number off the front of `text`: all its characters up to `end` (or the end of the text).
template <typename T>
std::optional<T> take_number(std::string_view& text, char end) {
  const std::size_t length = std::min(text.find(end), text.size());
  T value = 0;
  const auto read = std::from_chars(text.data(), text.data() + length, value);
  if (read.ec != std::errc{} || read.ptr != text.data() + length) return std::nullopt;
  text.remove_prefix(std::min(length + 1, text.size()));
  return value;
}

std::optional<std::uint64_t> hex_value(std::string_view digits) {
  std::uint64_t value = 0;
  const char* const end = digits.data() + digits.size();
  const auto read = std::from_chars(digits.data(), end, value, 16);
  if (read.ec != std::errc{} || read.ptr != end) return std::nullopt;
  return value;
}

struct Parts {
  Ticket ticket;
  std::array<std::uint64_t, 2> nonce{};
};

std::optional<Parts> parse(std::string_view text) {
  const auto slot = take_number<std::uint32_t>(text, '.');
  if (!slot) return std::nullopt;
  const auto opening = take_number<std::uint64_t>(text, '.');
  if (!opening || text.size() != 2 * kNonceDigits) return std::nullopt;
  const auto high = hex_value(text.substr(0, kNonceDigits));
  const auto low = hex_value(text.substr(kNonceDigits));
  if (!high || !low) return std::nullopt;
  return Parts{{*slot, *opening}, {*high, *low}};
}

/// In constant time, so that the time an answer takes says nothing about a guess.
bool same(const std::array<std::uint64_t, 2>& a, const std::array<std::uint64_t, 2>& b) {
  return ((a[0] ^ b[0]) | (a[1] ^ b[1])) == 0;
}

}  // namespace

PendingTable::PendingTable(std::uint32_t capacity) : capacity_(capacity), wheel_(capacity) {
  CORE_CHECK(capacity > 0);
}

void PendingTable::put_free(std::uint32_t slot) {
  at(slot).next_free = kNone;
  if (last_free_ == kNone) {
    first_free_ = slot;
  } else {
    at(last_free_).next_free = slot;
  }
  last_free_ = slot;
  ++free_;
}

std::optional<std::uint32_t> PendingTable::take_free() {
  if (free_ < kRestingMin && slots_ < capacity_) {
    if (slots_ % kBlock == 0) blocks_.push_back(std::make_unique<Block>());
    return slots_++;
  }
  if (free_ == 0) return std::nullopt;
  const std::uint32_t slot = first_free_;
  first_free_ = at(slot).next_free;
  if (first_free_ == kNone) last_free_ = kNone;
  --free_;
  return slot;
}

std::optional<Ticket> PendingTable::open(Waiting waiting, core::Instant accepted) {
  const auto taken = take_free();
  if (!taken) return std::nullopt;
  const std::uint32_t index = *taken;
  Slot& slot = at(index);
  slot.opening = ++openings_;
  slot.nonce = {core::random_u64(), core::random_u64()};
  slot.generation = (slot.generation + 1U) & kGenerationMask;
  slot.record.open(slot.generation, accepted);
  slot.waiting = std::move(waiting);
  wheel_.start(index, slot.waiting.deadline);
  ++size_;
  return Ticket{index, slot.opening};
}

std::string PendingTable::correlation_id(const Ticket& ticket) const {
  CORE_CHECK(is_open(ticket));
  std::string id = std::to_string(ticket.slot);
  id.reserve(64);
  id += '.';
  id += std::to_string(ticket.opening);
  id += '.';
  for (const std::uint64_t half : at(ticket.slot).nonce) append_hex(id, half);
  return id;
}

void PendingTable::close(const Ticket& ticket, Ending ending, core::Instant now) {
  CORE_CHECK(is_open(ticket));
  Slot& slot = at(ticket.slot);
  remember(slot, ending, now);
  wheel_.stop(ticket.slot);
  slot.opening = 0;
  slot.waiting = Waiting{};
  put_free(ticket.slot);
  --size_;
}

void PendingTable::remember(const Slot& slot, Ending ending, core::Instant now) {
  const std::size_t place = slot.opening % kClosedMax;
  if (place >= closed_.size()) closed_.resize(std::min(std::bit_ceil(place + 1), kClosedMax));
  closed_[place] = Closed{slot.opening, slot.nonce, slot.waiting.request_id, now, ending};
}

bool PendingTable::is_open(const Ticket& ticket) const {
  return ticket.opening != 0 && ticket.slot < slots_ && at(ticket.slot).opening == ticket.opening;
}

Waiting* PendingTable::find(const Ticket& ticket) {
  return is_open(ticket) ? &at(ticket.slot).waiting : nullptr;
}

core::StageRecord& PendingTable::record(const Ticket& ticket) {
  CORE_CHECK(is_open(ticket));
  return at(ticket.slot).record;
}

PendingTable::Found PendingTable::look_up(std::string_view correlation_id) const {
  const auto parts = parse(correlation_id);
  if (!parts || parts->ticket.opening == 0) return {};
  if (is_open(parts->ticket)) {
    if (!same(at(parts->ticket.slot).nonce, parts->nonce)) return {};
    return {.ticket = parts->ticket, .closed = nullptr};
  }
  const std::size_t place = parts->ticket.opening % kClosedMax;
  if (place >= closed_.size()) return {};
  const Closed& closed = closed_[place];
  if (closed.opening != parts->ticket.opening || !same(closed.nonce, parts->nonce)) return {};
  return {.ticket = std::nullopt, .closed = &closed};
}

}  // namespace http::dispatch
